/** Leaves alone what only people read: the words of a log line and of an error. */

export const prose = {
  shouldIgnore(path) {
    if (isArgumentOfLog(path)) return 'what a log line says'
    if (isText(path) && isArgumentOfError(path)) return 'what an error says'
    return undefined
  },
}

/** `log.warn(…)`, `this.#log.warn(…)`, `this.#options.log.warn(…)` */
function isArgumentOfLog({ parentPath, listKey }) {
  if (listKey !== 'arguments' || !parentPath.isCallExpression()) return false
  const { object, property } = parentPath.node.callee
  if (object === undefined || !levels.has(property.name)) return false
  return 'log' === (object.name ?? object.property?.name ?? object.property?.id?.name)
}

const levels = new Set(['debug', 'info', 'warn', 'error'])

function isText(path) {
  return path.isStringLiteral() || path.isTemplateLiteral()
}

function isArgumentOfError({ parentPath, listKey }) {
  return (
    listKey === 'arguments' &&
    parentPath.isNewExpression() &&
    String(parentPath.node.callee.name).endsWith('Error')
  )
}

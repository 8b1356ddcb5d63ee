/** Compares an answer with what the contract documents. */

import type { ContractEndpoint, Shape } from './contract.js'

/**
 * What is not as documented, one sentence each; empty when the answer fits.
 * Attributes beyond the documented ones are allowed: clients ignore them. All but
 * `error`, since many clients take an answer that has one for a failure.
 */
export function answerProblems(
  { status, text }: { readonly status: number; readonly text: string },
  { answer }: ContractEndpoint,
): readonly string[] {
  if (status !== answer.status) return [`answered ${status} instead of ${answer.status}: ${text}`]
  if (status === 204) return text === '' ? [] : ['204 has no body']
  const value: unknown = text === '' ? undefined : JSON.parse(text)
  const shape = answer.body ?? 'any'
  const isDocumented =
    isObject(shape) && ['error', 'error?'].some((name) => Object.hasOwn(shape, name))
  const failure = isObject(value) && Object.hasOwn(value, 'error') && !isDocumented
  return [...(failure ? ['error stands in a success'] : []), ...shapeProblems(value, shape)]
}

function shapeProblems(value: unknown, shape: Shape, at = 'answer'): readonly string[] {
  if (typeof shape === 'string')
    return shape.split('|').some((type) => isOfType(value, type)) ? [] : [`${at} is no ${shape}`]
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${at} is no array`]
    return value.flatMap((item, index) => shapeProblems(item, shape[0], `${at}[${index}]`))
  }
  if (!isObject(value)) return [`${at} is no object`]
  return Object.entries(shape).flatMap(([name, inner]) => {
    if (name === '*')
      return Object.entries(value).flatMap(([key, item]) =>
        shapeProblems(item, inner, `${at}.${key}`),
      )
    const key = name.replace(/\?$/u, '')
    if (Object.hasOwn(value, key)) return shapeProblems(value[key], inner, `${at}.${key}`)
    return key === name ? [`${at}.${key} is missing`] : []
  })
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'any':
      return true
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
    default:
      throw new Error(`The contract names an unknown type: ${type}`)
  }
}

/** `Array.isArray` does not tell a read-only array from the rest of a union. */
function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where in a form the text of a refusal belongs. */

import { listBody } from './draft.js'
import { isGroup, isList, type Value, type Values } from './values.js'

/**
 * The place that a refusal names, as `carousel.0.image`, if the form has it: texts of the API begin with it, or
 * say "Invalid phone" or "The image …". In a body that is a list they begin with its index.
 */
export function placeIn(text: string, values: Values): string | undefined {
  const [, first = ''] =
    /^(?:Invalid |The )?([A-Za-z][\w.[\]]*\w|[A-Za-z])/u.exec(text.replace(/^(?=\[)/u, listBody)) ??
    []
  const steps = first.replaceAll(/\[(\d+)\]?/gu, '.$1').split('.')
  const found: string[] = []
  let inside: Value | undefined = values
  for (const step of steps) {
    if (isGroup(inside) && Object.hasOwn(inside, step)) inside = inside[step]
    else if (isList(inside) && inside[Number(step)] !== undefined) inside = inside[Number(step)]
    else break
    found.push(step)
  }
  return found.length === 0 ? undefined : found.join('.')
}

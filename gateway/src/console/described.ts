/** How a route of the console is described. The API document leaves them out: they serve its pages alone. */

import type { TSchema } from 'typebox'
import type { BodyClass } from '../http/body-limits.js'

interface Checked {
  readonly params?: TSchema
  readonly querystring?: TSchema
  readonly body?: TSchema
  /** How large the body may be; small unless it is said. */
  readonly 'x-takes'?: BodyClass
}

/** `app.get(path, described('One sentence.', answer, { params }), handler)` */
export function described<A extends TSchema, const C extends Checked = {}>(
  summary: string,
  answer: A,
  checked?: C,
): {
  readonly schema: C & {
    readonly summary: string
    readonly hide: true
    readonly response: { 200: A }
  }
}
export function described(summary: string, answer: TSchema, checked: Checked = {}): object {
  return { schema: { ...checked, summary, hide: true, response: { 200: answer } } }
}

/** Calls of Z-API that WhatsApp gives a linked device no way to do. */

import { Type } from 'typebox'
import { type Endpoint, endpoint } from './endpoint.js'
import { CannotError } from './error-replies.js'

interface CannotDefinition {
  readonly method: Endpoint['method']
  /** Below the instance: `/sip-info`. */
  readonly path: string
  readonly aliases?: readonly string[]
  readonly tag: string
  /** One sentence: what a caller would get. */
  readonly summary: string
  /** Why not, and what to use instead: full sentences, which the caller and `docs/conformance.md` get. */
  readonly reason: string
}

/**
 * Describes a call that always answers 400 with the reason. The key is checked first, as everywhere.
 * The API document, which tells what works, leaves it out.
 */
export function cannot({ reason, ...described }: CannotDefinition): Endpoint {
  const made = endpoint({
    ...described,
    description: reason,
    isHidden: true,
    audit: { none: 'it changes nothing' },
    answer: Type.Null(),
    handle: async () => {
      throw new CannotError(reason)
    },
  })
  return { ...made, impossible: reason }
}

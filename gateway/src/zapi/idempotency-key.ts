/** The header by which a caller names a request, so that repeating it is safe. Ours, and the same on every send. */

import type { IncomingHttpHeaders } from 'node:http'
import { InvalidRequestError } from './error-replies.js'

/** `undefined` without the header. Throws `InvalidRequestError`. */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['idempotency-key']
  if (given === undefined) return undefined
  const key = [given].flat().join(', ')
  if (/^[ -~]{1,255}$/u.test(key)) return key
  throw new InvalidRequestError('Idempotency-Key must be 1 to 255 printable ASCII characters')
}

/**
 * The rules of `Idempotency-Key`: when a request is the same one again.
 *
 * Two requests are the same when they mean the same: a phone with and without
 * mask, or attributes in another order, make no difference.
 */

import { createHmac } from 'node:crypto'
import type { EpochMs } from '../../domain/time.js'

/** How long a key is remembered. Those who repeat a request later than this mean a new one. */
export const keepKeyMs = 48 * 3_600_000

/** What is on record about a key. */
export interface KeyRecord {
  readonly parametersHash: string
  readonly acceptedAt: EpochMs
}

/** What a request with a key is, given what is on record about that key. */
export function judgeKey(
  record: KeyRecord | undefined,
  parametersHash: string,
  now: EpochMs,
): 'new' | 'same-again' | 'other-parameters' {
  if (record === undefined || now - record.acceptedAt >= keepKeyMs) return 'new'
  return record.parametersHash === parametersHash ? 'same-again' : 'other-parameters'
}

/**
 * A keyed hash of what is asked for. A plain one of a six-digit code could be
 * undone by trying all of them.
 */
export function hashParameters(parameters: unknown, secret: Uint8Array): string {
  return keyedHash(canonical(parameters), secret)
}

export function keyedHash(text: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

/** JSON in which the order of keys says nothing, and `undefined` is the same as absent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  )
}

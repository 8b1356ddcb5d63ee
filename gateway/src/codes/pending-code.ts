/**
 * The life of a code that waits for its check.
 *
 * It is open until it was given rightly once, was tried five times, or has
 * expired, whichever is first; nothing opens it again. A new one takes its place.
 */

import type { EpochMs } from '../domain/time.js'

/** The fifth may still be the right one. Of a million codes five tries find one in 200,000 times. */
export const mostTries = 5

export interface PendingCode {
  /** How often it was checked, rightly or not. */
  readonly tries: number
  readonly expiresAt: EpochMs
  readonly usedAt: EpochMs | undefined
}

/** Whether a check now, with a code that is right or not, is accepted. Every check counts as a try. */
export function opens(pending: PendingCode, isRight: boolean, now: EpochMs): boolean {
  const isOpen =
    pending.usedAt === undefined && pending.tries < mostTries && now < pending.expiresAt
  return isOpen && isRight
}

/**
 * How long the next code for the same person has to wait; 0 if it may go.
 * `cooldownMs` is the longest that a start may ask for: a clock that was set
 * back does not extend a lock.
 */
export function waitForNextStartMs(
  nextStartAt: EpochMs,
  now: EpochMs,
  longestCooldownMs: number,
): number {
  return Math.min(longestCooldownMs, Math.max(0, nextStartAt - now))
}

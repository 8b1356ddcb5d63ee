/**
 * How long to wait before the next try of something that failed.
 *
 * The wait doubles with each failure up to a cap, and a random part of it is
 * left out, so that many who failed at the same moment do not come back at
 * the same moment.
 */

export interface BackoffPolicy {
  /** The longest wait after the first failure. */
  readonly firstMs: number
  /** No wait is longer than this. */
  readonly capMs: number
  /** `full` draws from zero to the whole wait; `equal` keeps at least half of it. */
  readonly jitter: 'full' | 'equal'
}

/**
 * The wait in milliseconds after `failures` failures in a row (1 after the first).
 *
 * Draws from `random` once, so call it once a failure and keep the answer.
 */
export function backoffMs(
  failures: number,
  policy: BackoffPolicy,
  random: () => number = Math.random,
): number {
  const doublings = Math.max(0, failures - 1)
  const longestMs = Math.min(policy.capMs, policy.firstMs * 2 ** doublings)
  const surelyMs = policy.jitter === 'equal' ? longestMs / 2 : 0
  return Math.round(surelyMs + random() * (longestMs - surelyMs))
}

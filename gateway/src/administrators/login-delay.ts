/**
 * How long the next login has to wait after so many that failed.
 *
 * Three counts at once: of an account from one address, which guesses or
 * forgot; of an address, which tries many accounts; and of an
 * account, which many addresses try. The last one is mild, so that no attacker on
 * the network can lock the administrator out for long.
 */

import type { EpochMs } from '../domain/time.js'

export interface DelayPolicy {
  /** So many failures cost nothing. */
  readonly free: number
  /** The wait after the first one that is not free. It doubles with each further one. */
  readonly firstMs: number
  readonly capMs: number
}

export interface Failures {
  readonly count: number
  readonly lastAt: EpochMs
}

export const accountFromAddress: DelayPolicy = { free: 4, firstMs: 5_000, capMs: 900_000 }
export const anyFromAddress: DelayPolicy = { free: 20, firstMs: 5_000, capMs: 900_000 }
export const accountFromAnywhere: DelayPolicy = { free: 50, firstMs: 1_000, capMs: 60_000 }

/** Failures that are older have no effect. */
export const forgetFailuresMs = 3_600_000

/** The moment from which on the next try is heard; in the past if it is heard now. */
export function nextTryAt(failures: Failures, { free, firstMs, capMs }: DelayPolicy): EpochMs {
  const counted = failures.count - free
  if (counted <= 0) return failures.lastAt
  return failures.lastAt + Math.min(capMs, firstMs * 2 ** Math.min(counted - 1, 30))
}

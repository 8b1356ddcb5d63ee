/** How long a login lasts. */

import type { EpochMs } from '../domain/time.js'

export const idleLifetimeMs = 8 * 3_600_000
export const absoluteLifetimeMs = 7 * 24 * 3_600_000

/** Writing every sight of a session would be a write for every request. */
const noteSightMs = 60_000

export interface Lifetime {
  readonly createdAt: EpochMs
  readonly lastSeenAt: EpochMs
}

export function endsAt({ createdAt, lastSeenAt }: Lifetime): EpochMs {
  return Math.min(createdAt + absoluteLifetimeMs, lastSeenAt + idleLifetimeMs)
}

export function isAlive(session: Lifetime, now: EpochMs): boolean {
  return now < endsAt(session)
}

export function isWorthNoting({ lastSeenAt }: Lifetime, now: EpochMs): boolean {
  return now - lastSeenAt >= noteSightMs
}

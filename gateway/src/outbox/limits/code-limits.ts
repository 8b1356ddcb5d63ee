/**
 * Decides how many login codes one person may be sent, and when the next one may go.
 *
 * A caller that asks for codes in another person's name floods that person, and gets
 * the sending number reported. The windows slide: there is no moment at which
 * a count starts again.
 */

import type { EpochMs } from '../../domain/time.js'

export interface CodeLimits {
  /** 0 is no limit. */
  readonly per10Minutes: number
  /** 0 is no limit. */
  readonly perDay: number
}

export const noCodeLimits: CodeLimits = { per10Minutes: 0, perDay: 0 }

const tenMinutesMs = 600_000
export const dayMs = 24 * 3_600_000

/** How far back codes count; 0 when nothing is limited. */
export function longestWindowMs({ per10Minutes, perDay }: CodeLimits): number {
  if (perDay > 0) return dayMs
  return per10Minutes > 0 ? tenMinutesMs : 0
}

/**
 * How long the next code has to wait; 0 if it may go. `acceptedAt` holds the
 * moments of the earlier ones, in any order.
 */
export function waitForNextCodeMs(
  acceptedAt: readonly EpochMs[],
  now: EpochMs,
  { per10Minutes, perDay }: CodeLimits,
): number {
  return Math.max(
    waitMs(acceptedAt, now, per10Minutes, tenMinutesMs),
    waitMs(acceptedAt, now, perDay, dayMs),
  )
}

function waitMs(
  acceptedAt: readonly EpochMs[],
  now: EpochMs,
  most: number,
  windowMs: number,
): number {
  if (most === 0) return 0
  // A clock that was set back must not lock a phone out for longer than a window lasts.
  const newestFirst = acceptedAt
    .filter((at) => Math.abs(now - at) < windowMs)
    .toSorted((one, other) => other - one)
  const oldestThatCounts = newestFirst[most - 1]
  return oldestThatCounts === undefined ? 0 : Math.min(windowMs, oldestThatCounts + windowMs - now)
}

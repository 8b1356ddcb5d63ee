/** Tells how long a new message would wait for its turn, from what waits already and the pacing. */

import type { Priority } from '../../domain/priority.js'
import { mostOvertaken } from './turns.js'

/** How many messages wait, by priority. */
export type WaitingCounts = Readonly<Record<Priority, number>>

export interface Rhythm {
  /** The mean time between two sends. */
  readonly gapMs: number
  /** What is left of the gap after the last send. */
  readonly restMs: number
}

/** With pacing off, one message takes about so long. */
export const leastGapMs = 10

/** In ms. Later messages that are more urgent, typing and retries come on top. */
export function expectedWaitMs(
  priority: Priority,
  waiting: WaitingCounts,
  { gapMs, restMs }: Rhythm,
): number {
  return Math.round(Math.max(0, restMs) + ahead(priority, waiting) * Math.max(gapMs, leastGapMs))
}

/** How many messages leave before a new one of this priority, with the turns that less urgent ones have. */
export function ahead(priority: Priority, { high, normal, low }: WaitingCounts): number {
  switch (priority) {
    case 'high':
      return withTurns(withTurns(high, normal, mostOvertaken.normal), low, mostOvertaken.low)
    case 'normal':
      return withTurns(high + normal, low, mostOvertaken.low)
    case 'low':
      return high + normal + low
  }
}

function withTurns(before: number, others: number, each: number): number {
  return before + Math.min(others, Math.floor(before / each))
}

/**
 * Keeps the less urgent messages of an instance moving.
 *
 * More urgent messages go first. Each message that leaves ages the less urgent priorities by one, and a
 * priority that is old enough has the next turn. So of ten messages at least one is no code while texts
 * wait, and a `low` message leaves however many others come. It counts messages, not time: an instance
 * that is disconnected, or has a long gap, ages nothing.
 */

import { isMoreUrgent, priorities, type Priority } from '../../domain/priority.js'

/** How many more urgent messages have left since the last one of this priority did. */
export interface Overtaken {
  readonly normal: number
  readonly low: number
}

/** Then one of this priority has its turn. */
export const mostOvertaken: Overtaken = { normal: 9, low: 29 }

export const noneOvertaken: Overtaken = { normal: 0, low: 0 }

const leastUrgentFirst = ['low', 'normal'] as const

/** A message of this priority has left. */
export function afterLeaving(overtaken: Overtaken, left: Priority): Overtaken {
  const next = (priority: 'normal' | 'low'): number => {
    if (priority === left) return 0
    return overtaken[priority] + (isMoreUrgent(left, priority) ? 1 : 0)
  }
  return { normal: next('normal'), low: next('low') }
}

/** The order in which priorities have their turn now. One that has nothing to send is passed over. */
export function turnsOf(overtaken: Overtaken): readonly Priority[] {
  const due = leastUrgentFirst.filter((each) => overtaken[each] >= mostOvertaken[each])
  return [...due, ...priorities.filter((each) => !due.some((one) => one === each))]
}

/** Which message of an instance leaves first. Order within a chat always holds. */

export const priorities = ['high', 'normal', 'low'] as const

export type Priority = (typeof priorities)[number]

/** 0 is the most urgent. Stored in the column `priority`. */
export function rankOf(priority: Priority): number {
  return priorities.indexOf(priority)
}

/** A rank that no version wrote counts as `normal`. */
export function priorityOfRank(rank: number): Priority {
  return priorities[rank] ?? 'normal'
}

export function isMoreUrgent(one: Priority, other: Priority): boolean {
  return rankOf(one) < rankOf(other)
}

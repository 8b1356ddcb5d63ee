/** The order of kept messages, also of those of one second. */

import type { KeptMessageTable } from '../db/directory-tables.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { StoredRow } from './kept-message-row.js'

export type KeepingOrder = 'as-it-comes' | 'newest-first'

/** Microseconds, so that a later process goes on behind an earlier one, and none twice. */
export class Places {
  readonly #clock: Pick<Clock, 'now'>
  #last = 0
  #past = 0

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  next(order: KeepingOrder): number {
    if (order === 'newest-first') return (this.#past -= 1)
    this.#last = Math.max(this.#last + 1, this.#clock.now() * 1_000)
    return this.#last
  }
}

/** What others say comes without parts of a second, so the order within it must not depend on ours. */
export function secondOf(at: EpochMs): EpochMs {
  return at - (at % 1_000)
}

/** As the database orders them, so that the next page begins where this one ends. */
export function newestFirst(one: ListedRow, other: ListedRow): number {
  const later = (other.said_at ?? 0) - (one.said_at ?? 0) || other.place - one.place
  return later === 0 ? (one.whatsapp_id < other.whatsapp_id ? 1 : -1) : later
}

export type ListedRow = StoredRow & Pick<KeptMessageTable, 'said_at' | 'place'>

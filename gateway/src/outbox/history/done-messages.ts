/**
 * Forgets the messages that have been done for a month.
 *
 * Their content was erased when they ended. What is left names the person that
 * was written to, and is of no use once no receipt can be expected any more.
 */

import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../db/database.js'
import { eraseRows } from '../../db/erase-rows.js'
import type { Clock } from '../../runtime/clock.js'

const keepMs = 30 * 24 * 60 * 60 * 1_000

export class DoneMessages {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>

  constructor({
    database,
    clock,
  }: {
    readonly database: Database
    readonly clock: Pick<Clock, 'now'>
  }) {
    this.#database = database
    this.#clock = clock
  }

  /**
   * Call it from time to time; gives how many there were. A message that
   * waited for long counts from its send, and one that still waits stays.
   */
  async purge(): Promise<number> {
    const before = this.#clock.now() - keepMs
    const isOld = sql<SqlBool>`accepted_at <= ${before} and (sent_at is null or sent_at <= ${before})
      and status not in ('queued', 'sending', 'unknown')`
    return eraseRows(this.#database.query, 'message', isOld)
  }
}

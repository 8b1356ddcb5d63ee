/**
 * The trail of administrative acts. Each is written in the transaction of what
 * was done, so there is no act without its record and no record of one that failed.
 *
 * A record outlives its instance and goes after a year.
 */

import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import { eraseRows } from '../db/erase-rows.js'
import type { AuditEntry, AuditRecord } from '../domain/audit.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

const keepMs = 366 * 24 * 3_600_000

const mostAuditRecords = 500

export class AuditLog {
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

  /** Hand in the transaction of the act, if it has one. */
  async record(
    { act, by, instanceId, detail }: AuditEntry,
    { query }: Pick<Transaction, 'query'> | Pick<Database, 'query'> = this.#database,
  ): Promise<void> {
    await query
      .insertInto('audit')
      .values({
        at: this.#clock.now(),
        role: by.role,
        name: by.name ?? null,
        address: by.address,
        act,
        instance_id: instanceId ?? null,
        detail: detail ?? null,
      })
      .execute()
  }

  /** The newest first. `before` is the `sequence` of the last record of the page before. */
  async list(wish: {
    readonly instanceId?: string | undefined
    readonly since?: EpochMs | undefined
    readonly before?: number | undefined
    /** At most `mostAuditRecords`. */
    readonly limit: number
  }): Promise<readonly AuditRecord[]> {
    let query = this.#database.query.selectFrom('audit').selectAll()
    if (wish.instanceId !== undefined) query = query.where('instance_id', '=', wish.instanceId)
    if (wish.since !== undefined) query = query.where('at', '>=', wish.since)
    if (wish.before !== undefined) query = query.where('sequence', '<', wish.before)
    const limit = Math.min(wish.limit, mostAuditRecords)
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute()
    return rows.map((row) => ({
      sequence: row.sequence,
      at: row.at,
      act: row.act,
      by: { role: row.role, name: row.name ?? undefined, address: row.address },
      instanceId: row.instance_id ?? undefined,
      detail: row.detail ?? undefined,
    }))
  }

  /** Removes what is older than a year. */
  async purge(): Promise<number> {
    const before = this.#clock.now() - keepMs
    return eraseRows(this.#database.query, 'audit', sql`at < ${before}`)
  }
}

/**
 * The end of an instance, in two steps: cancelled, it answers no call and can be
 * taken back; deleted, it is gone with everything that belongs to it.
 *
 * What belongs to it hangs on its row: the database removes messages, keys,
 * endpoints and callbacks with it. Only the audit log remains.
 */

import type { Database, Transaction } from '../db/database.js'
import { topics } from '../db/signals.js'
import type { Act, Actor } from '../domain/audit.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import { AuditLog } from './audit-log.js'

/** How long a cancelled instance can be taken back. Z-API deletes unpaid ones on the fifteenth day too. */
export const keepCancelledMs = 15 * 24 * 3_600_000

export class InstanceLife {
  readonly #database: Database
  readonly #clock: Clock
  readonly #audit: AuditLog

  constructor({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
    this.#database = database
    this.#clock = clock
    this.#audit = new AuditLog({ database, clock })
  }

  /** Whether it was in use until now. */
  cancel(id: InstanceId, by: Actor): Promise<boolean> {
    return this.#mark(id, 'instance-cancelled', by)
  }

  /** Whether it was cancelled until now. */
  resume(id: InstanceId, by: Actor): Promise<boolean> {
    return this.#mark(id, 'instance-resumed', by)
  }

  /** For good. Its session must have ended. `before` saves in the same transaction what others still need. */
  async delete(
    instanceId: InstanceId,
    by: Actor,
    before?: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      await before?.(transaction)
      // With the instance goes what belongs to it.
      for (const topic of topics) transaction.changes(topic, instanceId)
      const { numDeletedRows } = await transaction.query
        .deleteFrom('instance')
        .where('id', '=', instanceId)
        .executeTakeFirst()
      if (numDeletedRows === 0n) return
      await this.#audit.record({ act: 'instance-deleted', by, instanceId }, transaction)
    })
  }

  /** Those that were cancelled too long ago to be taken back. */
  async overdue(): Promise<readonly InstanceId[]> {
    const rows = await this.#database.query
      .selectFrom('instance')
      .select('id')
      .where('cancelled_at', '<=', this.#clock.now() - keepCancelledMs)
      .execute()
    return rows.map(({ id }) => id)
  }

  async #mark(
    instanceId: InstanceId,
    act: Extract<Act, 'instance-cancelled' | 'instance-resumed'>,
    by: Actor,
  ): Promise<boolean> {
    const isEnd = act === 'instance-cancelled'
    return this.#database.transaction(async (transaction) => {
      transaction.changes('instance', instanceId)
      const { numUpdatedRows } = await transaction.query
        .updateTable('instance')
        .set({ cancelled_at: isEnd ? this.#clock.now() : null })
        .where('id', '=', instanceId)
        .where('cancelled_at', isEnd ? 'is' : 'is not', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await this.#audit.record({ act, by, instanceId }, transaction)
      return true
    })
  }
}

/** The table `history_chunk`: parts of the history that the phone has uploaded and that are not read yet. */

import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface HistoryChunksOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
}

export interface HistoryChunk {
  readonly id: string
  readonly notice: Uint8Array
  readonly attempts: number
}

/** WhatsApp keeps what a phone uploaded for some weeks. */
const keepMs = 30 * 86_400_000

export class HistoryChunks {
  readonly #options: HistoryChunksOptions

  constructor(options: HistoryChunksOptions) {
    this.#options = options
  }

  /** Again is safe. */
  async keep(
    instanceId: InstanceId,
    { id, notice }: { readonly id: string; readonly notice: Uint8Array },
  ): Promise<void> {
    const { database, vault, clock } = this.#options
    const now = clock.now()
    await database.query
      .insertInto('history_chunk')
      .values({
        instance_id: instanceId,
        whatsapp_id: id,
        notice_sealed: vault.seal(notice, contextOf(instanceId, id)),
        attempts: 0,
        next_attempt_at: now,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  /** The one that came first of those that may be read now, else from when on one may. */
  async next(
    instanceId: InstanceId,
  ): Promise<HistoryChunk | { readonly notBefore: EpochMs } | undefined> {
    const { database, vault, clock } = this.#options
    const rows = await database.query
      .selectFrom('history_chunk')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .orderBy('next_attempt_at')
      .orderBy('created_at')
      .limit(1)
      .execute()
    const [row] = rows
    if (row === undefined) return undefined
    if (row.next_attempt_at > clock.now()) return { notBefore: row.next_attempt_at }
    const { whatsapp_id: id, attempts } = row
    return { id, attempts, notice: vault.open(row.notice_sealed, contextOf(instanceId, id)) }
  }

  async done(instanceId: InstanceId, id: string): Promise<void> {
    await this.#options.database.query
      .deleteFrom('history_chunk')
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', id)
      .execute()
  }

  async failed(instanceId: InstanceId, id: string, nextAttemptAt: EpochMs): Promise<void> {
    await this.#options.database.query
      .updateTable('history_chunk')
      .set((row) => ({
        attempts: row('attempts', '+', 1),
        next_attempt_at: nextAttemptAt,
      }))
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', id)
      .execute()
  }

  /** Forgets those that WhatsApp no longer has; gives how many. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    return eraseRows(database.query, 'history_chunk', sql`created_at <= ${clock.now() - keepMs}`)
  }
}

const contextOf = (instanceId: InstanceId, id: string) =>
  JSON.stringify(['history_chunk', instanceId, id])

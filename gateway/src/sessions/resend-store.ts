/**
 * What a device may ask for again because it could not decrypt it, sealed.
 *
 * A copy holds the message with its code, so it lives no longer than its
 * keeper says, whether or not the purge came by.
 */

import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import { prepared } from '../db/prepared.js'
import type { ResendCopyTable } from '../db/outbox-tables.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface ResendStoreOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
}

const keepCopy = prepared((query, row: ResendCopyTable) =>
  query
    .insertInto('resend_copy')
    .values({
      instance_id: row.instance_id,
      whatsapp_id: row.whatsapp_id,
      copy_sealed: row.copy_sealed,
      keep_until: row.keep_until,
    })
    .onConflict((conflict) =>
      conflict.columns(['instance_id', 'whatsapp_id']).doUpdateSet((stored) => ({
        copy_sealed: stored.ref('excluded.copy_sealed'),
        keep_until: stored.ref('excluded.keep_until'),
      })),
    ),
)

export class ResendStore {
  readonly #database: Database
  readonly #vault: Vault
  readonly #clock: Clock

  constructor({ database, vault, clock }: ResendStoreOptions) {
    this.#database = database
    this.#vault = vault
    this.#clock = clock
  }

  /** Replaces the copy of the same id: a message that is sent again is the same message. */
  async keep(
    instanceId: InstanceId,
    whatsappId: string,
    copy: Uint8Array,
    keepUntil: EpochMs,
    query: Database['query'] = this.#database.query,
  ): Promise<void> {
    await keepCopy(query, {
      instance_id: instanceId,
      whatsapp_id: whatsappId,
      copy_sealed: this.#vault.seal(copy, contextOf(instanceId, whatsappId)),
      keep_until: keepUntil,
    })
  }

  /** `undefined` from `keepUntil` on. */
  async find(instanceId: InstanceId, whatsappId: string): Promise<Uint8Array | undefined> {
    const row = await this.#database.query
      .selectFrom('resend_copy')
      .select('copy_sealed')
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', whatsappId)
      .where('keep_until', '>', this.#clock.now())
      .executeTakeFirst()
    return row && this.#vault.open(row.copy_sealed, contextOf(instanceId, whatsappId))
  }

  /** Erases what is past. Call it from time to time; gives how many copies there were. */
  async purge(): Promise<number> {
    return eraseRows(this.#database.query, 'resend_copy', sql`keep_until <= ${this.#clock.now()}`)
  }
}

const contextOf = (instanceId: InstanceId, whatsappId: string) =>
  JSON.stringify(['resend_copy', instanceId, whatsappId])

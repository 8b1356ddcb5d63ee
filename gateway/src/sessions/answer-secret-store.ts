/**
 * The secrets of messages, sealed: what votes, answers and edits are encrypted
 * with. They come once, with the message itself.
 */

import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'

export interface AnswerSecretStoreOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
}

export class AnswerSecretStore {
  readonly #options: AnswerSecretStoreOptions

  constructor(options: AnswerSecretStoreOptions) {
    this.#options = options
  }

  /** The first one counts: the secret of a message that is there must not change. */
  async keep(
    instanceId: InstanceId,
    whatsappId: string,
    secret: Uint8Array,
    keepForMs: number,
  ): Promise<void> {
    const { database, vault, clock } = this.#options
    const now = clock.now()
    await database.query
      .insertInto('answer_secret')
      .values({
        instance_id: instanceId,
        whatsapp_id: whatsappId,
        secret_sealed: vault.seal(secret, contextOf(instanceId, whatsappId)),
        created_at: now,
        keep_until: now + keepForMs,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  async find(instanceId: InstanceId, whatsappId: string): Promise<Uint8Array | undefined> {
    const { database, vault, clock } = this.#options
    const row = await database.query
      .selectFrom('answer_secret')
      .select('secret_sealed')
      .where('instance_id', '=', instanceId)
      .where('whatsapp_id', '=', whatsappId)
      .where('keep_until', '>', clock.now())
      .executeTakeFirst()
    return row && vault.open(row.secret_sealed, contextOf(instanceId, whatsappId))
  }

  /** Erases what is too old. Gives how many there were. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    return eraseRows(database.query, 'answer_secret', sql`keep_until <= ${clock.now()}`)
  }
}

const contextOf = (instanceId: InstanceId, whatsappId: string) =>
  JSON.stringify(['answer_secret', instanceId, whatsappId])

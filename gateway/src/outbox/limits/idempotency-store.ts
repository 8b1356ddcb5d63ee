/** The table `idempotency_key`: the answers that repeated requests get again. */

import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/database.js'
import { eraseRows } from '../../db/erase-rows.js'
import type { Schema } from '../../db/schema.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId, WhatsappId } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { type KeyRecord, keepKeyMs } from './idempotency.js'

type Query = Kysely<Schema>

export interface KeyPlace {
  readonly instanceId: InstanceId
  readonly keyHash: string
}

/** What was accepted under a key. */
export interface AcceptedUnderKey extends KeyRecord {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
}

export async function findKey(
  query: Query,
  { instanceId, keyHash }: KeyPlace,
): Promise<AcceptedUnderKey | undefined> {
  const row = await query
    .selectFrom('idempotency_key')
    .select(['parameters_hash', 'message_id', 'whatsapp_id', 'accepted_at'])
    .where('instance_id', '=', instanceId)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  return (
    row && {
      parametersHash: row.parameters_hash,
      acceptedAt: row.accepted_at,
      id: row.message_id,
      whatsappId: row.whatsapp_id,
    }
  )
}

/** In place of what was on record about the key, if anything was. */
export async function recordKey(
  query: Query,
  { instanceId, keyHash }: KeyPlace,
  accepted: AcceptedUnderKey,
): Promise<void> {
  const values = {
    parameters_hash: accepted.parametersHash,
    message_id: accepted.id,
    whatsapp_id: accepted.whatsappId,
    accepted_at: accepted.acceptedAt,
  }
  await query
    .insertInto('idempotency_key')
    .values({ instance_id: instanceId, key_hash: keyHash, ...values })
    .onConflict((conflict) => conflict.columns(['instance_id', 'key_hash']).doUpdateSet(values))
    .execute()
}

/** Forgets expired keys. */
export class OldKeys {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>

  constructor(options: { readonly database: Database; readonly clock: Pick<Clock, 'now'> }) {
    this.#database = options.database
    this.#clock = options.clock
  }

  /** Call it from time to time; gives how many there were. */
  async purge(): Promise<number> {
    const before: EpochMs = this.#clock.now() - keepKeyMs
    return eraseRows(this.#database.query, 'idempotency_key', sql`accepted_at <= ${before}`)
  }
}

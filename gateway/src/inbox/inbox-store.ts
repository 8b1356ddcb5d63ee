/** The SQL of table `incoming_message`: what was told already. */

import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { WhatsappId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'

type Query = Kysely<Schema>

/**
 * Whether this message is new; from then on it is not.
 *
 * Of two that run it at the same moment for one message the second waits for
 * the first to commit and then finds it known, or, after a rollback, new.
 */
export async function remember(
  query: Query,
  message: {
    readonly instanceId: InstanceId
    readonly chatKey: string
    readonly whatsappId: WhatsappId
  },
  now: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('incoming_message')
    .values({
      instance_id: message.instanceId,
      chat_key: message.chatKey,
      whatsapp_id: message.whatsappId,
      received_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function forgetBefore(query: Query, before: EpochMs): Promise<void> {
  await query.deleteFrom('incoming_message').where('received_at', '<', before).execute()
}

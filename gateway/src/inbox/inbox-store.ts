/** The SQL of table `incoming_message`: what was told already. */

import { type Kysely, sql } from 'kysely'
import { eraseRows } from '../db/erase-rows.js'
import type { Schema } from '../db/schema.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

type Query = Kysely<Schema>

interface MessageKey {
  readonly instanceId: InstanceId
  readonly chatKey: string
  /** Of a message or a call. */
  readonly whatsappId: string
  /** Of a message: who wrote it. */
  readonly author?: PersonId | undefined
}

/**
 * As `remember`, with a memory of its own for messages that could not be read
 * yet: what they say follows under the same id, and is news then. After that
 * their waiting is none.
 */
export async function rememberOnce(
  query: Query,
  message: MessageKey,
  isWaiting: boolean,
  now: EpochMs,
): Promise<boolean> {
  if (!isWaiting) return remember(query, message, now)
  const said = await query
    .selectFrom('incoming_message')
    .select('received_at')
    .where('instance_id', '=', message.instanceId)
    .where('chat_key', '=', message.chatKey)
    .where('whatsapp_id', '=', message.whatsappId)
    .executeTakeFirst()
  if (said !== undefined) return false
  return remember(query, { ...message, chatKey: `waiting:${message.chatKey}` }, now)
}

/**
 * Whether this message is new; from then on it is not.
 *
 * Of two that run it at the same moment for one message the second waits for
 * the first to commit and then finds it known, or, after a rollback, new.
 */
export async function remember(query: Query, message: MessageKey, now: EpochMs): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('incoming_message')
    .values({
      instance_id: message.instanceId,
      chat_key: message.chatKey,
      whatsapp_id: message.whatsappId,
      received_at: now,
      author: message.author === undefined ? null : JSON.stringify(message.author),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** `undefined` of a message that is not known, or whose author was not stored. */
export async function authorOf(query: Query, message: MessageKey): Promise<PersonId | undefined> {
  const row = await query
    .selectFrom('incoming_message')
    .select('author')
    .where('instance_id', '=', message.instanceId)
    .where('chat_key', '=', message.chatKey)
    .where('whatsapp_id', '=', message.whatsappId)
    .executeTakeFirst()
  if (!row?.author) return undefined
  /* oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `remember` wrote it */
  return JSON.parse(row.author) as PersonId
}

export async function forgetBefore(query: Query, before: EpochMs): Promise<void> {
  await eraseRows(query, 'incoming_message', sql`received_at < ${before}`)
}

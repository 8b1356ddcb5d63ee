/** The table `message`: what is to be said, in the order in which it was accepted. */

import { type Insertable, type Kysely, sql } from 'kysely'
import { filesOf } from '../domain/content/index.js'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { prepared } from '../db/prepared.js'
import type { Schema } from '../db/schema.js'
import type { MessageTable } from '../db/outbox-tables.js'
import { type ChatId, conversationKey } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { type Priority, priorityOfRank, rankOf } from '../domain/priority.js'
import type { MessageContent } from '../domain/content/index.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { Move } from '../domain/pool.js'
import type { Fallback, OutgoingMessage, WhatsappId } from '../domain/message.js'
import {
  contentFrom,
  type MessageRow,
  messageFrom,
  sealContent,
  storedForm,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'
import { inTheAir, waiting } from './history/message-statuses.js'
import { UndeliverableRows } from './undeliverable-rows.js'
import { QueueRows } from './queue-rows.js'
import { attemptColumns, type EndedAttempt, StatusChanges } from './status-changes.js'

type Query = Kysely<Schema>

/** Where a new message waits. */
export interface QueuePlace {
  readonly place: number
  /** `null` for one that an older version accepted. */
  readonly chat: string | null
  readonly priority: Priority
  /** From this place on, messages may have this priority that had another one before. */
  readonly from: number
}

type NewRow = Required<
  Pick<
    Insertable<MessageTable>,
    | 'id'
    | 'instance_id'
    | 'whatsapp_id'
    | 'recipient'
    | 'chat_key'
    | 'has_file'
    | 'content_sealed'
    | 'status'
    | 'accepted_at'
    | 'expires_at'
    | 'undeliverable_at'
    | 'gap_after_ms'
    | 'typing_ms'
    | 'attempts'
    | 'fallback'
    | 'pool_id'
    | 'on_unknown'
    | 'kind'
  >
> & { readonly priority: number }

const insertMessage = prepared((query, row: NewRow) =>
  query
    .insertInto('message')
    .values({
      id: row.id,
      instance_id: row.instance_id,
      whatsapp_id: row.whatsapp_id,
      recipient: row.recipient,
      chat_key: row.chat_key,
      has_file: row.has_file,
      content_sealed: row.content_sealed,
      status: row.status,
      priority: row.priority,
      accepted_at: row.accepted_at,
      expires_at: row.expires_at,
      undeliverable_at: row.undeliverable_at,
      gap_after_ms: row.gap_after_ms,
      typing_ms: row.typing_ms,
      attempts: row.attempts,
      fallback: row.fallback,
      pool_id: row.pool_id,
      on_unknown: row.on_unknown,
      kind: row.kind,
    })
    .returning('sequence'),
)

interface WaitingBefore {
  readonly instanceId: string
  readonly chat: string
  readonly rank: number
}

const findLastInChat = prepared((query, given: Omit<WaitingBefore, 'rank'>) =>
  query
    .selectFrom('message')
    .select('priority')
    .where('instance_id', '=', given.instanceId)
    .where('chat_key', '=', given.chat)
    .where(waiting)
    .orderBy('sequence', 'desc')
    .limit(sql.lit(1)),
)

const raisePriority = prepared((query, given: WaitingBefore) =>
  query
    .updateTable('message')
    .set({ priority: given.rank })
    .where('instance_id', '=', given.instanceId)
    .where('chat_key', '=', given.chat)
    .where(waiting)
    .where('priority', '>', given.rank)
    .returning('sequence'),
)

/**
 * Order within a chat holds, so what waits in front of a more urgent message is as urgent. Gives the
 * places of what became so.
 */
async function raiseThoseBefore(query: Query, before: WaitingBefore): Promise<readonly number[]> {
  // No message of a chat is less urgent than the last one.
  const { rows: last } = await findLastInChat(query, before)
  if ((last[0]?.priority ?? 0) <= before.rank) return []
  const { rows } = await raisePriority(query, before)
  return rows.map(({ sequence }) => sequence)
}

/** The same for a message that comes to a place between others: all of the chat become as urgent as the most urgent one. */
async function joinChat(
  query: Query,
  { instanceId, chat, rank: own }: WaitingBefore,
): Promise<{ readonly rank: number; readonly places: readonly number[] }> {
  const most = await query
    .selectFrom('message')
    .select((row) => row.fn.min('priority').as('rank'))
    .where('instance_id', '=', instanceId)
    .where('chat_key', '=', chat)
    .where(waiting)
    .executeTakeFirst()
  const rank = Math.min(own, most?.rank ?? own)
  const { rows } = await raisePriority(query, { instanceId, chat, rank })
  return { rank, places: rows.map(({ sequence }) => sequence) }
}

async function insertRow(query: Query, row: NewRow): Promise<QueuePlace> {
  const { instance_id: instanceId, chat_key: chat, priority: rank } = row
  const raised = chat === null ? [] : await raiseThoseBefore(query, { instanceId, chat, rank })
  const {
    rows: [inserted],
  } = await insertMessage(query, row)
  if (inserted === undefined) throw new Error('the database gave no place for a message')
  const place = inserted.sequence
  const from = raised.reduce((lowest, each) => Math.min(lowest, each), place)
  return { place, chat, priority: priorityOfRank(rank), from }
}

const findByWhatsappId = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly whatsappId: WhatsappId }) =>
    query
      .selectFrom('message')
      .select(trackedColumns)
      .where('instance_id', '=', given.instanceId)
      .where('whatsapp_id', '=', given.whatsappId)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>(),
)

export class OutboxStore {
  readonly queue: QueueRows
  readonly status: StatusChanges
  readonly undeliverable = new UndeliverableRows()
  readonly #vault: Vault

  constructor({
    vault,
    database,
  }: { readonly vault: Vault; readonly database: Pick<Database, 'fence'> }) {
    this.#vault = vault
    this.status = new StatusChanges(database.fence)
    this.queue = new QueueRows(vault)
  }

  seal(message: OutgoingMessage): Uint8Array {
    return sealContent(this.#vault, message, message.content)
  }

  /**
   * `chat`: the one that its recipient stands for, for the order within it. `sealed`: what `seal` gave, where that was done before.
   */
  async insert(
    query: Query,
    message: OutgoingMessage,
    chat: ChatId,
    sealed: Uint8Array = this.seal(message),
  ): Promise<QueuePlace> {
    return insertRow(query, {
      id: message.id,
      instance_id: message.instanceId,
      whatsapp_id: message.whatsappId,
      recipient: JSON.stringify(message.recipient),
      chat_key: conversationKey(chat),
      has_file: filesOf(message.content).length > 0 ? 1 : 0,
      content_sealed: sealed,
      status: message.status,
      priority: rankOf(message.priority),
      accepted_at: message.acceptedAt,
      expires_at: message.expiresAt ?? null,
      undeliverable_at: message.undeliverableAt ?? null,
      gap_after_ms: message.gapAfterMs ?? null,
      typing_ms: message.typingMs,
      attempts: message.attempts,
      fallback: storedForm(message),
      pool_id: message.pool?.id ?? null,
      on_unknown: message.pool?.onUnknown ?? null,
      kind: message.content.kind,
    })
  }

  /** Another message to the same chat, with the times and the priority of the earlier one. */
  async insertBeside(
    query: Query,
    earlier: Pick<OutgoingMessage, 'id'>,
    message: Pick<
      OutgoingMessage,
      'id' | 'instanceId' | 'whatsappId' | 'content' | 'acceptedAt'
    > & {
      readonly fallback: Fallback
    },
  ): Promise<QueuePlace> {
    const beside = await query
      .selectFrom('message')
      .select(['recipient', 'chat_key', 'priority', 'expires_at', 'gap_after_ms'])
      .select(['pool_id', 'on_unknown'])
      .where('id', '=', earlier.id)
      .executeTakeFirstOrThrow()
    return insertRow(query, {
      ...beside,
      id: message.id,
      instance_id: message.instanceId,
      whatsapp_id: message.whatsappId,
      has_file: filesOf(message.content).length > 0 ? 1 : 0,
      content_sealed: sealContent(this.#vault, message, message.content),
      status: 'queued',
      accepted_at: message.acceptedAt,
      undeliverable_at: null,
      typing_ms: 0,
      attempts: 0,
      fallback: storedForm(message),
      kind: message.content.kind,
    })
  }

  async find(
    query: Query,
    instanceId: InstanceId,
    whatsappId: WhatsappId,
  ): Promise<TrackedMessage | undefined> {
    const {
      rows: [row],
    } = await findByWhatsappId(query, { instanceId, whatsappId })
    return row && trackedMessageFrom(row)
  }

  /** `undefined` if it is erased. */
  async contentOf(query: Query, { id }: TrackedMessage): Promise<MessageContent | undefined> {
    const row = await query
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .where('content_sealed', 'is not', null)
      .$castTo<MessageRow>()
      .executeTakeFirst()
    return row && messageFrom(row, this.#vault).content
  }

  /** To the queue of another member of its pool, as one that was never tried there. */
  async moveTo(
    query: Query,
    message: Pick<TrackedMessage, 'id' | 'instanceId' | 'pool'>,
    from: readonly MessageStatus[],
    made: Move,
    attempt?: EndedAttempt,
  ): Promise<QueuePlace | undefined> {
    const { id, instanceId, pool } = message
    const row = await query
      .selectFrom('message')
      .select(['id', 'instance_id', 'content_sealed', 'sequence', 'priority', 'chat_key'])
      .where('id', '=', id)
      .where('instance_id', '=', instanceId)
      .where('content_sealed', 'is not', null)
      .$castTo<
        Pick<
          MessageRow,
          'id' | 'instance_id' | 'content_sealed' | 'sequence' | 'priority' | 'chat_key'
        >
      >()
      .executeTakeFirst()
    if (row === undefined) return undefined
    const content = contentFrom(row, this.#vault)
    const chat = { instanceId: made.to, chat: row.chat_key ?? '', rank: row.priority }
    const { rank, places } = await joinChat(query, chat)
    const isMoved = await this.status.move(query, message, from, {
      ...attemptColumns(attempt),
      instance_id: made.to,
      priority: rank,
      content_sealed: sealContent(this.#vault, { id, instanceId: made.to }, content),
      moves: JSON.stringify([...(pool?.moves ?? []), made]),
      status: 'queued',
      attempts: 0,
      retry_at: null,
      // It is no send of the new member, whose gap it must not begin.
      sent_at: null,
      counted_at: null,
      is_first: null,
    })
    const { sequence: place } = row
    if (!isMoved) return undefined
    const lowest = Math.min(place, ...places)
    return { place, chat: row.chat_key, priority: priorityOfRank(rank), from: lowest }
  }

  /** Sending → queued as another message in the same place. */
  replace(
    query: Query,
    message: Pick<OutgoingMessage, 'id' | 'instanceId'>,
    by: {
      readonly whatsappId: WhatsappId
      readonly content: MessageContent
      readonly fallback: Fallback
      readonly attempt: EndedAttempt
    },
  ): Promise<boolean> {
    return this.status.move(query, message, inTheAir, {
      status: 'queued',
      whatsapp_id: by.whatsappId,
      content_sealed: sealContent(this.#vault, message, by.content),
      fallback: storedForm(by),
      attempts: 0,
      ...attemptColumns(by.attempt),
    })
  }
}

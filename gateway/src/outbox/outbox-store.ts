/**
 * The table `message`: what is to be said, in the order in which it was accepted.
 *
 * Three may write a row at the same moment: its line, the watch for expiry,
 * and a receipt. Every UPDATE here therefore names the statuses that it moves
 * from, and tells whether it found the row in one of them; who comes second
 * changes nothing.
 */

import {
  type Insertable,
  type Kysely,
  type QueryResult,
  type SqlBool,
  sql,
  type Updateable,
} from 'kysely'
import { filesOf } from '../domain/content/index.js'
import type { Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { byShape, prepared } from '../db/prepared.js'
import type { MessageTable, Schema } from '../db/schema.js'
import { type ChatId, chatOf, conversationKey, type Recipient } from '../domain/chat.js'
import type { FailureReason } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageContent } from '../domain/content/index.js'
import type { Fallback, MessageId, OutgoingMessage, WhatsappId } from '../domain/message.js'
import type { MessageStatus, ReceiptStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'
import type { Ending } from './ending.js'
import {
  type MessageRow,
  messageFrom,
  type QueuedMessage,
  sealContent,
  sendsOf,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'
import type { LastSend } from './pacing.js'
import type { Send } from './send-log.js'

type Query = Kysely<Schema>

/** A send that is over. */
export interface EndedAttempt {
  /** When something was written to the socket, if anything was. */
  readonly writtenAt: EpochMs | undefined
  /** All sends of the message so far, with this one. */
  readonly sends: readonly Send[]
}

/** A waiting message with all that its next attempt needs. */
export interface Waiting {
  readonly message: QueuedMessage
  /** Not before this moment. */
  readonly retryAt?: EpochMs | undefined
  readonly sends: readonly Send[]
}

/** Where a message waits. */
export interface WaitingPlace {
  readonly place: number
  readonly chat: string
  /** `undefined` for one that an older version accepted. */
  readonly hasFile: boolean | undefined
}

// Literals and no parameters: with them both databases see that the partial indexes serve.
export const waiting = sql<SqlBool>`status in ('queued', 'sending', 'unknown')`

/** Statuses of a row that surely never reached WhatsApp, or was refused there. */
export const notGone: readonly MessageStatus[] = ['queued']
/** Statuses of a row that is in nobody's hands. */
export const atRest: readonly MessageStatus[] = ['queued', 'unknown']
export const inTheAir: readonly MessageStatus[] = ['sending']

/** More than any line may hold. */
const mostCounted = 1_000_000

const namedAtOnce = 500

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
    | 'gap_after_ms'
    | 'typing_ms'
    | 'attempts'
  >
>

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
      accepted_at: row.accepted_at,
      expires_at: row.expires_at,
      gap_after_ms: row.gap_after_ms,
      typing_ms: row.typing_ms,
      attempts: row.attempts,
    })
    .returning('sequence'),
)

/**
 * The places of what waits, for counting them. Asked for in their order, SQLite finds
 * them in the index that holds no others; else it reads all that the instance ever sent.
 */
export function placesInLine(query: Query, instanceId: InstanceId) {
  return query.selectFrom((from) =>
    from
      .selectFrom('message')
      .select('sequence')
      .where('instance_id', '=', instanceId)
      .where(waiting)
      .orderBy('sequence')
      .limit(sql.lit(mostCounted))
      .as('line'),
  )
}

/** Of the contents as they are stored. */
const sumLine = prepared((query, { instanceId }: { readonly instanceId: InstanceId }) =>
  query
    .selectFrom((from) =>
      from
        .selectFrom('message')
        .select(sql<number>`length(content_sealed)`.as('bytes'))
        .where('instance_id', '=', instanceId)
        .where(waiting)
        .orderBy('sequence')
        .limit(sql.lit(mostCounted))
        .as('line'),
    )
    .select((row) => row.fn.sum<number | string | null>('bytes').as('bytes')),
)

const countLine = prepared((query, { instanceId }: { readonly instanceId: InstanceId }) =>
  placesInLine(query, instanceId).select((row) => row.fn.countAll<number>().as('count')),
)

/** From the index alone: a row may hold megabytes. */
const findWaiting = prepared(
  (
    query,
    given: {
      readonly instanceId: InstanceId
      readonly after: number
      readonly limit: number
    },
  ) =>
    query
      .selectFrom('message')
      .select(['sequence', 'chat_key', 'has_file'])
      .where('instance_id', '=', given.instanceId)
      .where(waiting)
      .where('sequence', '>', given.after)
      .orderBy('sequence')
      .limit(given.limit),
)

/** Two, so that it is known whether there are more. */
const findFirstInChat = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly chat: string }) =>
    query
      .selectFrom('message')
      .select(['sequence', 'chat_key', 'has_file'])
      .where('instance_id', '=', given.instanceId)
      .where('chat_key', '=', given.chat)
      .where(waiting)
      .orderBy('sequence')
      .limit(sql.lit(2)),
)

const findWaitingAt = prepared((query, given: { readonly place: number }) =>
  query
    .selectFrom('message')
    .selectAll()
    .where('sequence', '=', given.place)
    .where(waiting)
    .$castTo<MessageRow>(),
)

const findByWhatsappId = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly whatsappId: WhatsappId }) =>
    query
      .selectFrom('message')
      .select(trackedColumns)
      .where('instance_id', '=', given.instanceId)
      .where('whatsapp_id', '=', given.whatsappId)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>(),
)

const claimOne = prepared(
  (query, given: { readonly id: MessageId; readonly now: EpochMs; readonly sends: string }) =>
    query
      .updateTable('message')
      .set((row) => ({
        status: 'sending',
        attempts: row('attempts', '+', 1),
        retry_at: null,
        sends: given.sends,
      }))
      .where('id', '=', given.id)
      .where('status', 'in', atRest)
      .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', given.now)])),
)

const moveShapes = byShape((shape: string) => {
  const { from }: { readonly from: readonly MessageStatus[] } = JSON.parse(shape)
  return prepared(
    (query, given: { readonly id: MessageId; readonly to: Updateable<MessageTable> }) =>
      query
        .updateTable('message')
        .set({ ...given.to })
        .where('id', '=', given.id)
        .where('status', 'in', from),
  )
})

const moveOne = (from: readonly MessageStatus[], columns: readonly string[]) =>
  moveShapes(JSON.stringify({ from, columns }))

export class OutboxStore {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  seal(message: OutgoingMessage): Uint8Array {
    return sealContent(this.#vault, message, message.content)
  }

  /**
   * Gives the place of the message in the order of acceptance. `chat`: the one that its recipient
   * stands for, for the order within it. `sealed`: what `seal` gave, where that was done before.
   */
  async insert(
    query: Query,
    message: OutgoingMessage,
    chat: ChatId,
    sealed: Uint8Array = this.seal(message),
  ): Promise<number> {
    const { rows } = await insertMessage(query, {
      id: message.id,
      instance_id: message.instanceId,
      whatsapp_id: message.whatsappId,
      recipient: JSON.stringify(message.recipient),
      chat_key: conversationKey(chat),
      has_file: filesOf(message.content).length > 0 ? 1 : 0,
      content_sealed: sealed,
      status: message.status,
      accepted_at: message.acceptedAt,
      expires_at: message.expiresAt ?? null,
      gap_after_ms: message.gapAfterMs ?? null,
      typing_ms: message.typingMs,
      attempts: message.attempts,
    })
    const [row] = rows
    if (row === undefined) throw new Error('the database gave no place for a message')
    return row.sequence
  }

  /** The bytes of the contents that wait. Holds the instance, as `countWaiting` does. */
  async sumWaiting(transaction: Transaction, instanceId: InstanceId): Promise<number> {
    await holdInstance(transaction, instanceId)
    const { rows } = await sumLine(transaction.query, { instanceId })
    return Number(rows[0]?.bytes ?? 0)
  }

  /** Counts what waits in the line. Holds the instance, so that two that accept at once can not both be the last. */
  async countWaiting(transaction: Transaction, instanceId: InstanceId): Promise<number> {
    await holdInstance(transaction, instanceId)
    const { rows } = await countLine(transaction.query, { instanceId })
    return rows[0]?.count ?? 0
  }

  /** What waits behind this place, in the order of acceptance. */
  async waitingFrom(
    query: Query,
    instanceId: InstanceId,
    after: number,
    limit: number,
  ): Promise<readonly WaitingPlace[]> {
    const { rows } = await findWaiting(query, { instanceId, after, limit })
    return rows.map(placeFrom)
  }

  /** The first message that waits in the chat and, if there is one, the second. */
  async firstInChat(
    query: Query,
    instanceId: InstanceId,
    chat: string,
  ): Promise<readonly WaitingPlace[]> {
    const { rows } = await findFirstInChat(query, { instanceId, chat })
    return rows.map(placeFrom)
  }

  /** `undefined` if it does not wait any more. */
  async waitingAt(query: Query, place: number): Promise<Waiting | undefined> {
    const {
      rows: [row],
    } = await findWaitingAt(query, { place })
    if (row === undefined) return undefined
    const message = messageFrom(row, this.#vault)
    return { message, retryAt: row.retry_at ?? undefined, sends: sendsOf(row) }
  }

  /** To whom those of the messages go that nobody has tried to send yet, in the order of acceptance. */
  async firstSendsAt(
    query: Query,
    places: readonly number[],
  ): Promise<readonly { readonly place: number; readonly recipient: Recipient }[]> {
    const rows = await query
      .selectFrom('message')
      .select(['sequence', 'recipient'])
      .where('sequence', 'in', places)
      .where('status', '=', 'queued')
      .where('attempts', '=', 0)
      .orderBy('sequence')
      .execute()
    return rows.map((row) => ({ place: row.sequence, recipient: JSON.parse(row.recipient) }))
  }

  async lastSend(
    query: Query,
    instanceId: InstanceId,
  ): Promise<(LastSend & { readonly place: number }) | undefined> {
    const row = await query
      .selectFrom('message')
      .select(['sequence', 'sent_at', 'gap_after_ms'])
      .where('instance_id', '=', instanceId)
      .where('sent_at', 'is not', null)
      .orderBy('sent_at', 'desc')
      // Which of several that a dead process left was the last one is not known.
      .orderBy(sql`coalesce(gap_after_ms, 0)`, 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined || row.sent_at === null) return undefined
    const { sequence: place, sent_at: sentAt } = row
    return { place, sentAt, gapAfterMs: row.gap_after_ms ?? undefined }
  }

  async instancesWithWaiting(query: Query): Promise<readonly InstanceId[]> {
    const rows = await query
      .selectFrom('message')
      .select('instance_id')
      .distinct()
      .where(waiting)
      .$castTo<Pick<MessageRow, 'instance_id'>>()
      .execute()
    return rows.map((row) => row.instance_id)
  }

  /** Whose time is up and whom nobody is sending; the first of each line first. */
  async overdue(query: Query, now: EpochMs, limit: number): Promise<readonly QueuedMessage[]> {
    const rows = await query
      .selectFrom('message')
      .selectAll()
      .where(waiting)
      .where('status', 'in', atRest)
      .where('expires_at', '<=', now)
      .orderBy('sequence')
      .limit(limit)
      .$castTo<MessageRow>()
      .execute()
    return rows.map((row) => messageFrom(row, this.#vault))
  }

  async nextExpiry(query: Query): Promise<EpochMs | undefined> {
    const row = await query
      .selectFrom('message')
      .select('expires_at')
      .where(waiting)
      .where('status', 'in', atRest)
      .where('expires_at', 'is not', null)
      .orderBy('expires_at')
      .limit(1)
      .executeTakeFirst()
    return row?.expires_at ?? undefined
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

  /** At rest → sending, unless its time is up. From the commit on it counts as written. */
  async claim(query: Query, id: MessageId, now: EpochMs, sends: readonly Send[]): Promise<boolean> {
    return moved(await claimOne(query, { id, now, sends: JSON.stringify(sends) }))
  }

  /** → sent, or further. Its content is erased. */
  markSent(
    query: Query,
    id: MessageId,
    from: readonly MessageStatus[],
    to: { readonly status: ReceiptStatus; readonly chat: ChatId; readonly now: EpochMs },
  ): Promise<boolean> {
    return move(query, id, from, {
      status: to.status,
      chat: JSON.stringify(to.chat),
      sent_at: to.now,
      content_sealed: null,
      ...momentOf(to.status, to.now),
    })
  }

  /** Where it went, of one that a receipt has marked as sent: only the ack names the chat in full. */
  async nameChat(query: Query, id: MessageId, chat: ChatId): Promise<void> {
    await query
      .updateTable('message')
      .set({ chat: JSON.stringify(chat) })
      .where('id', '=', id)
      .where('sent_at', 'is not', null)
      .execute()
  }

  advance(
    query: Query,
    id: MessageId,
    from: MessageStatus,
    to: { readonly status: ReceiptStatus; readonly at: EpochMs },
  ): Promise<boolean> {
    return move(query, id, [from], { status: to.status, ...momentOf(to.status, to.at) })
  }

  /** → failed, expired or cancelled. Its content is erased. */
  end(
    query: Query,
    id: MessageId,
    from: readonly MessageStatus[],
    to: {
      readonly status: Ending['status']
      readonly reason: FailureReason
      readonly explanation: string
      readonly at: EpochMs
      readonly attempt?: EndedAttempt | undefined
    },
  ): Promise<boolean> {
    return move(query, id, from, {
      status: to.status,
      failure: to.reason,
      explanation: to.explanation,
      ended_at: to.at,
      content_sealed: null,
      ...attemptColumns(to.attempt),
    })
  }

  /** Sending → unknown: it was written and nobody confirmed it. */
  markUnknown(query: Query, id: MessageId, attempt: EndedAttempt): Promise<boolean> {
    return move(query, id, inTheAir, { status: 'unknown', ...attemptColumns(attempt) })
  }

  /** Back into the queue, from `sending` unless it was not claimed. */
  putBack(
    query: Query,
    id: MessageId,
    from: readonly MessageStatus[],
    to: {
      readonly status: 'queued' | 'unknown'
      readonly attempts: number
      readonly retryAt: EpochMs | undefined
      readonly attempt?: EndedAttempt | undefined
    },
  ): Promise<boolean> {
    return move(query, id, from, {
      status: to.status,
      attempts: to.attempts,
      retry_at: to.retryAt ?? null,
      ...attemptColumns(to.attempt),
    })
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
    return move(query, message.id, inTheAir, {
      status: 'queued',
      whatsapp_id: by.whatsappId,
      content_sealed: sealContent(this.#vault, message, by.content),
      fallback: JSON.stringify(by.fallback),
      attempts: 0,
      ...attemptColumns(by.attempt),
    })
  }

  /**
   * Sending → unknown for all that a dead process left; gives what they were. They may have left until
   * now, so the gap counts from here. Only before anything is sent.
   */
  async recover(query: Query, now: EpochMs): Promise<readonly TrackedMessage[]> {
    const rows = await query
      .updateTable('message')
      .set({ status: 'unknown', sent_at: now })
      .where(waiting)
      .where('status', 'in', inTheAir)
      .returning(trackedColumns)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
      .execute()
    return rows.map(trackedMessageFrom)
  }

  /** Gives waiting rows of older versions their chat. Only before anything is sent. */
  async nameChats(query: Query): Promise<void> {
    for (;;) {
      const rows = await query
        .selectFrom('message')
        .select(['sequence', 'recipient'])
        .where(waiting)
        .where('chat_key', 'is', null)
        .limit(namedAtOnce)
        .execute()
      for (const { sequence, recipient } of rows) {
        await query
          .updateTable('message')
          .set({ chat_key: conversationKey(chatOf(JSON.parse(recipient))) })
          .where('sequence', '=', sequence)
          .execute()
      }
      if (rows.length < namedAtOnce) return
    }
  }
}

/** Until the end of the transaction nobody else who calls this for the instance goes on. */
export async function holdInstance(
  { dialect, query }: Pick<Transaction, 'dialect' | 'query'>,
  instanceId: InstanceId,
): Promise<void> {
  // SQLite's transactions run one after the other anyway.
  if (dialect === 'sqlite') return
  await query.selectFrom('instance').select('id').where('id', '=', instanceId).forUpdate().execute()
}

function placeFrom(row: Pick<MessageRow, 'sequence' | 'chat_key' | 'has_file'>): WaitingPlace {
  if (row.chat_key === null) throw new Error('a message of an older version has no chat yet')
  const hasFile = row.has_file === null ? undefined : row.has_file === 1
  return { place: row.sequence, chat: row.chat_key, hasFile }
}

const moments: Partial<Record<ReceiptStatus, 'delivered_at' | 'read_at' | 'played_at'>> = {
  delivered: 'delivered_at',
  read: 'read_at',
  played: 'played_at',
}

function momentOf(status: ReceiptStatus, at: EpochMs): Updateable<MessageTable> {
  const column = moments[status]
  return column === undefined ? {} : { [column]: at }
}

function attemptColumns(attempt: EndedAttempt | undefined): Updateable<MessageTable> {
  if (attempt === undefined) return {}
  const { sends, writtenAt } = attempt
  return {
    sends: JSON.stringify(sends),
    ...(writtenAt === undefined ? {} : { sent_at: writtenAt }),
  }
}

async function move(
  query: Query,
  id: MessageId,
  from: readonly MessageStatus[],
  to: Updateable<MessageTable>,
): Promise<boolean> {
  return moved(await moveOne(from, Object.keys(to))(query, { id, to }))
}

function moved({ numAffectedRows = 0n }: QueryResult<unknown>): boolean {
  return numAffectedRows > 0n
}

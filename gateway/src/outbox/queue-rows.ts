/** Reads the rows of `message` that wait: by priority, and of one priority in the order of acceptance. */

import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import type { Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { prepared } from '../db/prepared.js'
import type { Schema } from '../db/schema.js'
import { chatOf, conversationKey, type Recipient } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { type Priority, priorityOfRank, rankOf } from '../domain/priority.js'
import type { EpochMs } from '../domain/time.js'
import {
  isPooled,
  type MessageRow,
  messageFrom,
  type PooledMessage,
  type QueuedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'
import { atRest, inTheAir, notGone, waiting } from './history/message-statuses.js'
import type { LastSend } from './queue/pacing.js'

type Query = Kysely<Schema>

/** Where a message waits. */
export interface WaitingPlace {
  readonly place: number
  readonly priority: Priority
  readonly chat: string
  /** `undefined` for one that an older version accepted. */
  readonly hasFile: boolean | undefined
}

/** More than any queue may hold. */
const mostCounted = 1_000_000

const namedAtOnce = 500

/**
 * The places of what waits, for counting them. Asked for in their order, SQLite finds
 * them in the index that holds no others; else it reads all that the instance ever sent.
 */
export function placesInQueue(query: Query, instanceId: InstanceId) {
  return query.selectFrom((from) =>
    from
      .selectFrom('message')
      .select('sequence')
      .where('instance_id', '=', instanceId)
      .where(waiting)
      .orderBy('priority')
      .orderBy('sequence')
      .limit(sql.lit(mostCounted))
      .as('queue'),
  )
}

/** Of the contents as they are stored. */
const sumQueue = prepared((query, { instanceId }: { readonly instanceId: InstanceId }) =>
  query
    .selectFrom((from) =>
      from
        .selectFrom('message')
        .select(sql<number>`length(content_sealed)`.as('bytes'))
        .where('instance_id', '=', instanceId)
        .where(waiting)
        .orderBy('priority')
        .orderBy('sequence')
        .limit(sql.lit(mostCounted))
        .as('queue'),
    )
    .select((row) => row.fn.sum<number | string | null>('bytes').as('bytes')),
)

const countQueue = prepared((query, { instanceId }: { readonly instanceId: InstanceId }) =>
  placesInQueue(query, instanceId).select((row) => row.fn.countAll<number>().as('count')),
)

const countByPriority = prepared((query, { instanceId }: { readonly instanceId: InstanceId }) =>
  query
    .selectFrom('message')
    .select((row) => ['priority', row.fn.countAll<number>().as('count')])
    .where('instance_id', '=', instanceId)
    .where(waiting)
    .groupBy('priority'),
)

/** From the index alone: a row may hold megabytes. */
const findWaiting = prepared(
  (
    query,
    given: {
      readonly instanceId: InstanceId
      readonly rank: number
      readonly after: number
      readonly limit: number
    },
  ) =>
    query
      .selectFrom('message')
      .select(['sequence', 'priority', 'chat_key', 'has_file'])
      .where('instance_id', '=', given.instanceId)
      .where(waiting)
      .where('priority', '=', given.rank)
      .where('sequence', '>', given.after)
      .orderBy('sequence')
      .limit(given.limit),
)

/** Two, so that it is known whether there are more. */
const findFirstInChat = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly chat: string }) =>
    query
      .selectFrom('message')
      .select(['sequence', 'priority', 'chat_key', 'has_file'])
      .where('instance_id', '=', given.instanceId)
      .where('chat_key', '=', given.chat)
      .where(waiting)
      .orderBy('sequence')
      .limit(sql.lit(2)),
)

const findWaitingAt = prepared(
  (query, given: { readonly instanceId: InstanceId; readonly place: number }) =>
    query
      .selectFrom('message')
      .selectAll()
      .where('sequence', '=', given.place)
      .where('instance_id', '=', given.instanceId)
      .where(waiting)
      .$castTo<MessageRow>(),
)

export class QueueRows {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  /** The bytes of the contents that wait. Locks the instance, as `countWaiting` does. */
  async sumWaiting(transaction: Transaction, instanceId: InstanceId): Promise<number> {
    await holdInstance(transaction, instanceId)
    const { rows } = await sumQueue(transaction.query, { instanceId })
    return Number(rows[0]?.bytes ?? 0)
  }

  /** Counts what waits. Locks the instance, so that of two calls at once only one can take the last place. */
  async countWaiting(transaction: Transaction, instanceId: InstanceId): Promise<number> {
    await holdInstance(transaction, instanceId)
    const { rows } = await countQueue(transaction.query, { instanceId })
    return rows[0]?.count ?? 0
  }

  /** From the index alone. */
  async countByPriority(query: Query, instanceId: InstanceId): Promise<Record<Priority, number>> {
    const counts = { high: 0, normal: 0, low: 0 }
    const { rows } = await countByPriority(query, { instanceId })
    for (const { priority, count } of rows) counts[priorityOfRank(priority)] += count
    return counts
  }

  /** What waits with this priority behind this place, in the order of acceptance. */
  async waitingFrom(
    query: Query,
    instanceId: InstanceId,
    {
      priority,
      after,
      limit,
    }: { readonly priority: Priority; readonly after: number; readonly limit: number },
  ): Promise<readonly WaitingPlace[]> {
    const given = { instanceId, rank: rankOf(priority), after, limit }
    const { rows } = await findWaiting(query, given)
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

  /** `undefined` if it does not wait there any more: it has ended, or another member of its pool has it. */
  async waitingAt(
    query: Query,
    instanceId: InstanceId,
    place: number,
  ): Promise<QueuedMessage | undefined> {
    const {
      rows: [row],
    } = await findWaitingAt(query, { instanceId, place })
    return row && messageFrom(row, this.#vault)
  }

  /** The recipients of those messages that were never tried, in the order of acceptance. */
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

  /** The latest sends of an instance, the last one first. */
  async lastSends(
    query: Query,
    instanceId: InstanceId,
    limit: number,
  ): Promise<readonly (LastSend & { readonly place: number })[]> {
    const rows = await query
      .selectFrom('message')
      .select(['sequence', 'sent_at', 'gap_after_ms'])
      .where('instance_id', '=', instanceId)
      .where('sent_at', 'is not', null)
      .orderBy('sent_at', 'desc')
      // Which of several that a dead process left was the last one is not known.
      .orderBy(sql`coalesce(gap_after_ms, 0)`, 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      place: row.sequence,
      sentAt: row.sent_at ?? 0,
      gapAfterMs: row.gap_after_ms ?? undefined,
    }))
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

  async instancesWithPooled(query: Query): Promise<readonly InstanceId[]> {
    const rows = await query
      .selectFrom('message')
      .select('instance_id')
      .distinct()
      .where('pool_id', 'is not', null)
      .where(waiting)
      .$castTo<Pick<MessageRow, 'instance_id'>>()
      .execute()
    return rows.map((row) => row.instance_id)
  }

  /**
   * Messages of pools that surely did not leave, or may go twice, and those that are being sent, which
   * may come back. In the order of acceptance.
   */
  async movable(
    query: Query,
    instanceId: InstanceId,
    after: number,
    limit: number,
  ): Promise<readonly PooledMessage[]> {
    const rows = await pooledRows(query)
      .where('instance_id', '=', instanceId)
      .where(isMovableOrLeaving)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit)
      .execute()
    return rows.map(trackedMessageFrom).filter(isPooled)
  }

  /** The same of one chat and pool, and what of it is being sent, without the message itself. */
  async behind(
    query: Query,
    { id, instanceId, pool }: PooledMessage,
  ): Promise<readonly PooledMessage[]> {
    const rows = await pooledRows(query)
      .where('instance_id', '=', instanceId)
      .where('pool_id', '=', pool.id)
      .where(isMovableOrLeaving)
      .where('id', '<>', id)
      .where('chat_key', '=', (row) =>
        row.selectFrom('message as moved').select('moved.chat_key').where('moved.id', '=', id),
      )
      .orderBy('sequence')
      .execute()
    return rows.map(trackedMessageFrom).filter(isPooled)
  }

  /** What waits for this person in a pool, whichever member has it: what may be moved, and what is being sent. */
  async ofPerson(
    query: Query,
    poolId: InstanceId,
    chats: readonly string[],
  ): Promise<readonly PooledMessage[]> {
    const rows = await pooledRows(query)
      .where('pool_id', '=', poolId)
      .where('chat_key', 'in', chats)
      .where(isMovableOrLeaving)
      .orderBy('sequence')
      .execute()
    return rows.map(trackedMessageFrom).filter(isPooled)
  }

  /** Those that are too old and not being sent, the oldest first. */
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

/** Waiting messages of pools. */
function pooledRows(query: Query) {
  return query
    .selectFrom('message')
    .select(trackedColumns)
    .where('pool_id', 'is not', null)
    .where(waiting)
    .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
}

/** It surely did not leave, or may go twice, or is being sent. */
function isMovableOrLeaving(row: ExpressionBuilder<Schema, 'message'>) {
  return row.or([
    row('status', 'in', [...notGone, ...inTheAir]),
    row.and([row('status', '=', 'unknown'), row('on_unknown', '=', 'resend-elsewhere')]),
  ])
}

/** Locks the instance row until commit. */
export async function holdInstance(
  { dialect, query }: Pick<Transaction, 'dialect' | 'query'>,
  instanceId: InstanceId,
): Promise<void> {
  // SQLite's transactions run one after the other anyway.
  if (dialect === 'sqlite') return
  await query.selectFrom('instance').select('id').where('id', '=', instanceId).forUpdate().execute()
}

function placeFrom(
  row: Pick<MessageRow, 'sequence' | 'priority' | 'chat_key' | 'has_file'>,
): WaitingPlace {
  if (row.chat_key === null) throw new Error('a message of an older version has no chat yet')
  const hasFile = row.has_file === null ? undefined : row.has_file === 1
  const priority = priorityOfRank(row.priority)
  return { place: row.sequence, priority, chat: row.chat_key, hasFile }
}

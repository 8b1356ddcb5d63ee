/**
 * The SQL of table `delivery`: what is owed to which endpoint.
 *
 * A delivery is `pending` until it is `done` or `dead`. Only the courier of the
 * node that runs the instance changes a pending row, and it works on one row of
 * a lane at a time. A node that was frozen may still write down how its attempt
 * ended: that happened, and changes nothing in a row that has ended since. A dead
 * one may be made pending again (`dead-letter-store.ts`).
 */

import { type Kysely, sql } from 'kysely'
import { eraseRows } from '../db/erase-rows.js'
import { prepared } from '../db/prepared.js'
import type { Schema } from '../db/schema.js'
import type { ChatId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message-id.js'
import type { EpochMs } from '../domain/time.js'
import { urlHash } from './url-hash.js'

type Query = Kysely<Schema>

export interface NewDelivery {
  readonly id: string
  readonly instanceId: InstanceId
  readonly eventKind: string
  readonly subject: DeliverySubject
  readonly url: string
  readonly lane: string
  readonly bodySealed: Uint8Array
  readonly createdAt: EpochMs
}

/** What a delivery tells of. */
export interface DeliverySubject {
  readonly messageId?: MessageId | undefined
  readonly whatsappId?: string | undefined
  readonly chat?: ChatId | undefined
}

export interface PendingDelivery {
  readonly id: string
  readonly instanceId: InstanceId
  readonly eventKind: string
  readonly url: string
  readonly bodySealed: Uint8Array
  readonly attemptsSealed: Uint8Array | undefined
  readonly attempts: number
  readonly nextAttemptAt: EpochMs
  readonly createdAt: EpochMs
}

/** A lane with something pending, and when its head may be attempted. */
export interface PendingLane {
  readonly lane: string
  readonly url: string
  readonly nextAttemptAt: EpochMs
}

/** A literal and not a parameter: only then the planners see that the index of pending rows fits. */
const pending = sql.lit('pending' as const)

/** What the vault binds the body of a delivery to. */
export function bodyContext(delivery: {
  readonly id: string
  readonly instanceId: string
}): string {
  return `delivery/${delivery.instanceId}/${delivery.id}`
}

/** A delivery after an attempt. */
export interface Tried {
  readonly id: string
  readonly attempts: number
  /** Its `AttemptRecord`s. */
  readonly attemptsSealed: Uint8Array | null
}

/** A statement has no value that may be missing. */
interface Inserted extends Omit<NewDelivery, 'subject'> {
  readonly urlHash: string
  readonly messageId: string | null
  readonly whatsappId: string | null
  /** JSON. */
  readonly chat: string | null
}

const insertOne = prepared((query, delivery: Inserted) =>
  query.insertInto('delivery').values({
    id: delivery.id,
    instance_id: delivery.instanceId,
    event_kind: delivery.eventKind,
    message_id: delivery.messageId,
    whatsapp_id: delivery.whatsappId,
    chat: delivery.chat,
    url: delivery.url,
    url_hash: delivery.urlHash,
    lane: delivery.lane,
    body_sealed: delivery.bodySealed,
    status: pending,
    attempts: 0,
    next_attempt_at: delivery.createdAt,
    last_error: null,
    attempts_sealed: null,
    created_at: delivery.createdAt,
    ended_at: null,
  }),
)

const headOf = prepared((query, { lane }: { readonly lane: string }) =>
  query
    .selectFrom('delivery')
    .selectAll()
    .where('lane', '=', lane)
    .where('status', '=', pending)
    .orderBy('sequence')
    .limit(1),
)

const markDone = prepared((query, given: Tried & { readonly now: EpochMs }) =>
  query
    .updateTable('delivery')
    .set({
      status: 'done',
      attempts: given.attempts,
      attempts_sealed: given.attemptsSealed,
      body_sealed: null,
      last_error: null,
      ended_at: given.now,
    })
    .where('id', '=', given.id)
    .where('status', '=', pending),
)

export async function insertDelivery(query: Query, delivery: NewDelivery): Promise<void> {
  const { messageId = null, whatsappId = null, chat } = delivery.subject
  await insertOne(query, {
    ...delivery,
    urlHash: urlHash(delivery.url),
    messageId,
    whatsappId,
    chat: chat === undefined ? null : JSON.stringify(chat),
  })
}

/** The lanes that are owed something, of all instances or of these, the longest waiting first. */
export async function readPendingLanes(
  query: Query,
  instanceIds?: readonly InstanceId[],
): Promise<readonly PendingLane[]> {
  const rows = await query
    .selectFrom('delivery')
    .innerJoin(
      (from) =>
        from
          .selectFrom('delivery')
          .where('status', '=', pending)
          .$if(instanceIds !== undefined, (row) =>
            row.where('instance_id', 'in', instanceIds ?? []),
          )
          .groupBy('lane')
          .select(({ fn }) => fn.min('sequence').as('sequence'))
          .as('head'),
      (join) => join.onRef('head.sequence', '=', 'delivery.sequence'),
    )
    .select(['delivery.lane', 'delivery.url', 'delivery.next_attempt_at'])
    .orderBy('delivery.sequence')
    .execute()
  return rows.map((row) => ({
    lane: row.lane,
    url: row.url,
    nextAttemptAt: row.next_attempt_at,
  }))
}

/** The delivery that everything else in its lane waits for. */
export async function readHead(query: Query, lane: string): Promise<PendingDelivery | undefined> {
  const {
    rows: [row],
  } = await headOf(query, { lane })
  return (
    row && {
      id: row.id,
      instanceId: row.instance_id,
      eventKind: row.event_kind,
      url: row.url,
      bodySealed: row.body_sealed ?? new Uint8Array(),
      attemptsSealed: row.attempts_sealed ?? undefined,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at,
      createdAt: row.created_at,
    }
  )
}

/** The receiver has it: the body has served its purpose and goes. */
export async function recordDone(query: Query, tried: Tried, now: EpochMs): Promise<void> {
  await markDone(query, { ...tried, now })
}

/** `error` is stored as it is: short, and without a word of the body. */
export async function recordRetry(
  query: Query,
  { id, attempts, attemptsSealed }: Tried,
  error: string,
  nextAttemptAt: EpochMs,
): Promise<void> {
  await query
    .updateTable('delivery')
    .set({
      attempts,
      attempts_sealed: attemptsSealed,
      last_error: error,
      next_attempt_at: nextAttemptAt,
    })
    .where('id', '=', id)
    .where('status', '=', pending)
    .execute()
}

/** Keeps the body: a dead delivery can be looked at and made again. */
export async function recordDead(
  query: Query,
  { id, attempts, attemptsSealed }: Tried,
  error: string,
  now: EpochMs,
): Promise<void> {
  await query
    .updateTable('delivery')
    .set({
      status: 'dead',
      attempts,
      attempts_sealed: attemptsSealed,
      last_error: error,
      ended_at: now,
    })
    .where('id', '=', id)
    .where('status', '=', pending)
    .execute()
}

/** Marks all pending deliveries to the URL as failed. Returns their number. */
export async function recordAllDead(
  query: Query,
  { instanceId, url }: { readonly instanceId: InstanceId; readonly url: string },
  error: string,
  now: EpochMs,
): Promise<number> {
  const { numUpdatedRows } = await query
    .updateTable('delivery')
    .set({ status: 'dead', last_error: error, ended_at: now })
    .where('instance_id', '=', instanceId)
    .where('url', '=', url)
    .where('status', '=', pending)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** It is not owed any more, and its result will not be asked for. */
export async function removeDelivery(query: Query, id: string): Promise<void> {
  await query.deleteFrom('delivery').where('id', '=', id).execute()
}

export interface DeliveryFigures {
  readonly pending: number
  readonly oldestPendingCreatedAt: EpochMs | undefined
  readonly dead: number
}

/** Reads the two partial indexes, however much is done. */
export async function readFigures(query: Query): Promise<DeliveryFigures> {
  const owed = await query
    .selectFrom('delivery')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.min<number | null>('created_at').as('oldest'),
    ])
    .where('status', '=', pending)
    .executeTakeFirstOrThrow()
  const dead = await query
    .selectFrom('delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', sql.lit('dead' as const))
    .executeTakeFirstOrThrow()
  return {
    pending: owed.count,
    oldestPendingCreatedAt: owed.oldest ?? undefined,
    dead: dead.count,
  }
}

/** Removes what ended in this way before `before`. */
export async function purgeEnded(
  query: Query,
  status: 'done' | 'dead',
  before: EpochMs,
): Promise<void> {
  await eraseRows(query, 'delivery', sql`status = ${status} and ended_at < ${before}`)
}

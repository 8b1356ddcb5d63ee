/**
 * The queue of an instance for its owner: what waits, and taking it back.
 *
 * What is being sent, or may be at WhatsApp already, waits too and is listed,
 * but it cannot be taken back: a caller who is told "deleted" may count on it. Whether
 * it still could be is decided by the UPDATE itself, as it is for the claim.
 */

import { type SqlBool, sql } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import type { Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId, WhatsappId } from '../../domain/message.js'
import { priorities, type Priority } from '../../domain/priority.js'
import type { HoldReason } from '../../domain/sending-limits.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { SendingHolds, Turns } from '../limits/sending-holds.js'
import { mayHoldCode, shown } from './masking.js'
import {
  type MessageRow,
  messageFrom,
  type QueuedMessage,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from '../message-row.js'
import type { QueuePort } from '../outbox.js'
import { Outcomes, type OutcomesOptions } from '../outcomes.js'
import { notGone, waiting } from './message-statuses.js'
import { OutboxStore } from '../outbox-store.js'
import { unconfirmed } from '../queue/ending.js'
import { noMembers } from '../queue/moves.js'
import { namedBy } from './waiting-search.js'
import { placesInQueue } from '../queue-rows.js'

export interface WaitingMessagesOptions
  extends Omit<OutcomesOptions, 'store' | 'onDone' | 'onAdded' | 'members'> {
  readonly vault: Vault
  readonly queue: Pick<QueuePort, 'done' | 'accepted' | 'forecast'>
  readonly holds: Pick<SendingHolds, 'of'>
}

/** A queued message, with nothing in it that must not be listed. */
export interface WaitingMessage {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly status: 'queued' | 'sending' | 'unknown'
  /** With the code masked. */
  readonly text: string
  /** Masked. */
  readonly code?: string | undefined
  readonly acceptedAt: EpochMs
  readonly gapAfterMs?: number | undefined
  readonly typingMs: number
  readonly priority: Priority
  /** When it is expected to leave; absent while the instance is disconnected. */
  readonly expectedAt?: EpochMs | undefined
  /** The limit that holds it now, if one does. */
  readonly heldBy?: HoldReason | undefined
}

export interface WaitingPage {
  readonly messages: readonly WaitingMessage[]
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: number | undefined
}

/** `too-late`: it is being sent, may have been, or has ended otherwise. */
export type Cancellation = 'cancelled' | 'cancelled-before' | 'too-late' | 'unheard-of'

/** The start of a page is one number: `place * ranks + rank`. */
const ranks = priorities.length

/** So many a transaction: others want to write too. */
const batch = 100

export class WaitingMessages {
  readonly #database: Database
  readonly #vault: Vault
  readonly #outcomes: Outcomes
  readonly #clock: Clock
  readonly #forecast: QueuePort['forecast']
  readonly #holds: Pick<SendingHolds, 'of'>

  constructor(options: WaitingMessagesOptions) {
    this.#database = options.database
    this.#vault = options.vault
    this.#clock = options.clock
    this.#holds = options.holds
    this.#forecast = (instanceId) => options.queue.forecast(instanceId)
    this.#outcomes = new Outcomes({
      ...options,
      members: noMembers,
      store: new OutboxStore(options),
      onDone: (message) => options.queue.done(message),
      onAdded: (instanceId, place) => options.queue.accepted(instanceId, place),
    })
  }

  /**
   * By priority, and of one priority in the order of acceptance; at most `limit`. `after` is the `next` of the page
   * before. `text` leaves those to a number or with an id.
   */
  async page(
    instanceId: InstanceId,
    {
      after = 0,
      text,
      limit,
    }: {
      readonly after?: number | undefined
      readonly text?: string | undefined
      readonly limit: number
    },
  ): Promise<WaitingPage> {
    const places = await this.#waiting(instanceId)
      .select(['id', 'sequence', 'priority'])
      .where(sql<SqlBool>`(priority, sequence) > (${after % ranks}, ${Math.floor(after / ranks)})`)
      .$if(text !== undefined, (query) => query.where(namedBy(text ?? '')))
      .orderBy('priority')
      .orderBy('sequence')
      .limit(limit + 1)
      .execute()
    const moments = await this.#moments(instanceId)
    const before = after === 0 ? 0 : await this.#countUpTo(instanceId, after)
    const messages: WaitingMessage[] = []
    // One by one: each may hold an image of 5 MB.
    for (const place of places.slice(0, limit)) {
      const row = await this.#waiting(instanceId)
        .selectAll()
        .where('id', '=', place.id)
        .$castTo<MessageRow & Pick<WaitingMessage, 'status'>>()
        .executeTakeFirst()
      if (row === undefined) continue
      const tracked = messageFrom(row, this.#vault)
      const message = waitingMessageFrom(tracked, row.status)
      const hold = await this.#holds.of(tracked)
      // Others stand between those that are looked for.
      const ahead =
        text === undefined
          ? before + messages.length
          : (await this.#countUpTo(instanceId, numberOf(place))) - 1
      const expected = expectedOf(message, ahead, moments, hold?.until)
      messages.push({ ...message, ...expected, heldBy: hold?.why })
    }
    const last = places.length > limit ? places[limit - 1] : undefined
    const next = last && numberOf(last)
    return { messages, next }
  }

  async #moments(instanceId: InstanceId): Promise<QueueTimes | undefined> {
    const { open, waiting: counts } = await this.#forecast(instanceId)
    const now = this.#clock.now()
    if (open === undefined) return undefined
    const { rhythm, turns } = open
    const uncounted = turns?.countsHigh === false ? counts.high : 0
    return { now, firstAt: now + rhythm.restMs, gapMs: rhythm.gapMs, turns, uncounted }
  }

  async #countUpTo(instanceId: InstanceId, after: number): Promise<number> {
    const { count } = await this.#waiting(instanceId)
      .select((row) => row.fn.countAll<number>().as('count'))
      .where(sql<SqlBool>`(priority, sequence) <= (${after % ranks}, ${Math.floor(after / ranks)})`)
      .executeTakeFirstOrThrow()
    return count
  }

  async count(instanceId: InstanceId): Promise<number> {
    const { count } = await placesInQueue(this.#database.query, instanceId)
      .select((row) => row.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  }

  /** Takes one back. `message.failed` is told of it, with the reason `cancelled`. Safe to repeat. */
  async cancel(instanceId: InstanceId, id: string): Promise<Cancellation> {
    const row = await this.#database.query
      .selectFrom('message')
      .select(trackedColumns)
      .where('instance_id', '=', instanceId)
      .where('id', '=', id)
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
      .executeTakeFirst()
    if (row === undefined) return 'unheard-of'
    if (row.status === 'cancelled') return 'cancelled-before'
    const cancelled = await this.#cancel([trackedMessageFrom(row)])
    return cancelled > 0 ? 'cancelled' : 'too-late'
  }

  /**
   * Takes back everything that is queued at this moment; `kept` is how many
   * of it could not be. Safe to repeat: it does what is left to do.
   */
  async cancelAll(
    instanceId: InstanceId,
  ): Promise<{ readonly cancelled: number; readonly kept: number }> {
    const { upTo } = await placesInQueue(this.#database.query, instanceId)
      .select((row) => row.fn.max('sequence').as('upTo'))
      .executeTakeFirstOrThrow()
    let cancelled = 0
    for (;;) {
      const rows = await this.#waiting(instanceId)
        .select(trackedColumns)
        .where('status', 'in', notGone)
        .where('sequence', '<=', upTo)
        .orderBy('priority')
        .orderBy('sequence')
        .limit(batch)
        .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
        .execute()
      if (rows.length === 0) break
      cancelled += await this.#cancel(rows.map(trackedMessageFrom))
    }
    const { kept } = await placesInQueue(this.#database.query, instanceId)
      .select((row) => row.fn.countAll<number>().as('kept'))
      .where('sequence', '<=', upTo)
      .executeTakeFirstOrThrow()
    return { cancelled, kept }
  }

  /** The instance sends nothing any more: what may have arrived ends as unconfirmed. */
  async endUnknown(instanceId: InstanceId): Promise<void> {
    for (;;) {
      const rows = await this.#waiting(instanceId)
        .select(trackedColumns)
        .where('status', '=', 'unknown')
        .limit(batch)
        .$castTo<Pick<MessageRow, (typeof trackedColumns)[number]>>()
        .execute()
      for (const row of rows)
        await this.#outcomes.ended(trackedMessageFrom(row), ['unknown'], unconfirmed)
      if (rows.length < batch) return
    }
  }

  /** How many of them it still could take back. */
  #cancel(messages: readonly TrackedMessage[]): Promise<number> {
    return this.#database.transaction(async (transaction) => {
      let cancelled = 0
      for (const message of messages) {
        if (await this.#outcomes.cancelled(message, transaction)) cancelled += 1
      }
      return cancelled
    })
  }

  #waiting(instanceId: InstanceId) {
    return this.#database.query
      .selectFrom('message')
      .where('instance_id', '=', instanceId)
      .where(waiting)
  }
}

function numberOf({ sequence, priority }: Pick<MessageRow, 'sequence' | 'priority'>): number {
  return sequence * ranks + priority
}

interface QueueTimes {
  readonly now: EpochMs
  /** When the next message may leave. */
  readonly firstAt: EpochMs
  readonly gapMs: number
  readonly turns: Turns | undefined
  /** How many at the beginning count against no limit. */
  readonly uncounted: number
}

/** `before`: how many messages leave before it. */
function expectedOf(
  { status, priority }: Pick<WaitingMessage, 'status' | 'priority'>,
  before: number,
  moments: QueueTimes | undefined,
  heldUntil: EpochMs = 0,
): Pick<WaitingMessage, 'expectedAt'> {
  if (moments === undefined) return {}
  const { now, firstAt, gapMs, turns, uncounted } = moments
  if (status === 'sending') return { expectedAt: now }
  const turn = turns?.of(priority, Math.max(0, before - uncounted))
  const usualAt = firstAt + before * gapMs
  const at = turn === undefined || turn.from <= now ? usualAt : turn.from + turn.ahead * gapMs
  return { expectedAt: Math.round(Math.max(at, heldUntil)) }
}

function waitingMessageFrom(
  { content, fallback, ...message }: QueuedMessage,
  status: WaitingMessage['status'],
): WaitingMessage {
  return { ...pick(message), status, ...shown(content, mayHoldCode(fallback)) }
}

function pick({
  id,
  whatsappId,
  recipient,
  acceptedAt,
  gapAfterMs,
  typingMs,
  priority,
}: Omit<WaitingMessage, 'status' | 'text' | 'code'>) {
  return { id, whatsappId, recipient, acceptedAt, gapAfterMs, typingMs, priority }
}

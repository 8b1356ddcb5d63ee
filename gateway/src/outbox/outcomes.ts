/**
 * Writes down what became of a message, together with the event that tells it.
 *
 * Fact and event are one transaction: no callback tells what did not happen, and
 * nothing happens in silence. A row that another writer moved meanwhile (a
 * receipt that was faster than its ack, say) is left alone, event included.
 */

import type { Database, Transaction } from '../db/database.js'
import { type ChatId, chatOf } from '../domain/chat.js'
import type { AlsoQueued, GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import { type MessageContent, traitsOf } from '../domain/content/index.js'
import type { OutgoingMessage } from '../domain/message.js'
import type { MessageStatus, ReceiptStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newMessageId, newWhatsappId } from '../runtime/ids.js'
import type { Log } from '../runtime/telemetry.js'
import { cancelled, type Ending, expired, honest } from './queue/ending.js'
import { type MembersPort, Moves, whyMove } from './queue/moves.js'
import type { TrackedMessage } from './message-row.js'
import { type OutboxMetrics, uncounted } from './history/outbox-metrics.js'
import { mayHoldCode } from './history/masking.js'
import { partOf, plainFormsOf } from './plain-form.js'
import { type EarlierPort, placeOf } from './history/earlier-messages.js'
import { sentContentOf } from './history/sent-content.js'
import type { Restrictions } from './limits/restrictions.js'
import { atRest, notGone } from './history/message-statuses.js'
import type { OutboxStore, QueuePlace } from './outbox-store.js'
import type { EndedAttempt } from './status-changes.js'

export interface EventSink {
  publish(event: GatewayEvent, transaction: Transaction): Promise<void>
}

export interface OutcomesOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly events: EventSink
  readonly clock: Clock
  readonly log: Log
  /** The message does not wait any more, so the next one of its chat can go. */
  onDone(message: TrackedMessage): void
  /** Another message waits at this place. */
  onAdded(instanceId: InstanceId, place: QueuePlace): void
  readonly metrics?: OutboxMetrics | undefined
  /** Without it no callback tells what earlier message ours is about, and none is changed. */
  readonly earlier?: EarlierPort | undefined
  readonly restrictions: Restrictions
  readonly members: MembersPort
}

/** What WhatsApp said about a message that had not been known as sent. */
export interface SentNews {
  readonly status: ReceiptStatus
  readonly chat: ChatId
  readonly at: EpochMs
  /** The number that a channel gave it. */
  readonly serverId?: string | undefined
}

/** Apps take no edit of a message that is older (WhatsApp Web's `EditWindow`: 1,200 s). */
const editableMs = 1_200_000
/** So many rows a transaction: others want to write too. */
const batch = 100

export class Outcomes {
  readonly moves: Moves
  readonly #options: OutcomesOptions

  constructor(options: OutcomesOptions) {
    this.#options = options
    this.moves = new Moves(options)
  }

  /**
   * It was sent; tells `message.sent`, and nothing of its status. Gives
   * whether this was news.
   */
  async sent(
    message: TrackedMessage & { readonly content: MessageContent },
    from: readonly MessageStatus[],
    news: SentNews,
    transaction: Transaction,
  ): Promise<boolean> {
    const { store, events, clock, log, metrics = uncounted } = this.#options
    const { content } = message
    const to = { status: news.status, chat: news.chat, now: clock.now() }
    if (!(await store.status.markSent(transaction.query, message, from, to))) return false
    await this.#options.restrictions.taken(message, transaction)
    const { id: messageId, instanceId, whatsappId, recipient, fallback, pool } = message
    const also = message.alsoAsText
      ? await this.add(plainFormsOf(content), message, transaction)
      : []
    const place = await placeOf(message, news, this.#options.earlier, transaction.query)
    if (traitsOf(content).changesEarlier || news.serverId !== undefined)
      await this.#options.earlier?.sent(message, news, transaction.query)
    const isLateEdit =
      traitsOf(content).isEdit &&
      recipient.kind !== 'newsletter' &&
      news.at - (place.earlierAt ?? news.at) > editableMs
    await events.publish(
      {
        kind: 'message.sent',
        instanceId,
        occurredAt: news.at,
        messageId,
        whatsappId,
        recipient,
        chat: news.chat,
        content: sentContentOf(content, mayHoldCode(fallback), place),
        fallback,
        ...(also.length === 0 ? {} : { also }),
        ...(isLateEdit ? { isLateEdit } : {}),
        pool,
      },
      transaction,
    )
    transaction.afterCommit(() => {
      this.#options.onDone(message)
      metrics.messageSent(to.now - message.acceptedAt, message.priority)
      log.info('message-sent', { instanceId, messageId, refusalCode: fallback?.refusalCode })
    })
    return true
  }

  /** Queues what belongs to a message, behind what waits already. */
  async add(
    contents: readonly MessageContent[],
    message: Pick<TrackedMessage, 'id' | 'instanceId' | 'fallback'>,
    transaction: Transaction,
  ): Promise<readonly AlsoQueued[]> {
    const { store, clock, metrics = uncounted } = this.#options
    const { instanceId } = message
    const added: AlsoQueued[] = []
    for (const content of contents) {
      const [id, whatsappId] = [newMessageId(), newWhatsappId()]
      const place = await store.insertBeside(transaction.query, message, {
        id,
        instanceId,
        whatsappId,
        content,
        acceptedAt: clock.now(),
        fallback: partOf(message, content.kind),
      })
      transaction.onceReadable(() => this.#options.onAdded(instanceId, place))
      transaction.afterCommit(() => metrics.messageAccepted())
      added.push({ messageId: id, whatsappId })
    }
    return added
  }

  /** Tells that the server has it. The chat is the one that the caller wrote to, as in every later status. */
  async tellStatusSent(
    message: TrackedMessage,
    at: EpochMs,
    transaction: Transaction,
  ): Promise<void> {
    const { instanceId, whatsappId, recipient, pool } = message
    await this.#options.events.publish(
      {
        kind: 'message.status-changed',
        instanceId,
        occurredAt: at,
        whatsappIds: [whatsappId],
        status: 'sent',
        chat: chatOf(recipient),
        pool,
      },
      transaction,
    )
  }

  /**
   * It ended unsent, with this attempt if one has just been made. If that concerns the number alone,
   * another member of its pool takes it over, and nothing has ended.
   */
  async ended(
    message: TrackedMessage,
    from: readonly MessageStatus[],
    ending: Ending,
    attempt?: EndedAttempt,
  ): Promise<void> {
    await this.#options.database.transaction(async (transaction) => {
      const why = whyMove(message, ending)
      const isMoved =
        why !== undefined && (await this.moves.moveIn(transaction, message, from, why, attempt))
      if (!isMoved) await this.#end(message, from, ending, attempt, transaction)
      else if (ending.refusalCode !== undefined)
        await this.#options.restrictions.refused(message, ending.newChats, transaction)
    })
  }

  /** Its caller takes it back. Gives whether it still could be: not if it is being sent, or may have been. */
  cancelled(message: TrackedMessage, transaction: Transaction): Promise<boolean> {
    return this.#end(message, notGone, cancelled, undefined, transaction)
  }

  /** Ends messages that are too old and not being sent, in all queues. Returns whether there may be more. */
  async endOverdue(): Promise<boolean> {
    const { database, store, clock } = this.#options
    const overdue = await store.queue.overdue(database.query, clock.now(), batch)
    if (overdue.length === 0) return false
    await database.transaction(async (transaction) => {
      for (const message of overdue) {
        await this.#end(message, atRest, expiryOf(message), undefined, transaction)
      }
    })
    return overdue.length === batch
  }

  async #end(
    message: TrackedMessage,
    from: readonly MessageStatus[],
    ending: Ending,
    attempt: EndedAttempt | undefined,
    transaction: Transaction,
  ): Promise<boolean> {
    const { store, events, clock, log, metrics = uncounted } = this.#options
    const { status, reason, explanation, refusalCode } = ending
    const at = clock.now()
    const to = { status, reason, explanation, at, attempt }
    if (!(await store.status.end(transaction.query, message, from, to))) return false
    if (reason === 'restricted' && refusalCode !== undefined)
      await this.#options.restrictions.refused(message, ending.newChats, transaction)
    const { id: messageId, instanceId, whatsappId, recipient, pool } = message
    await events.publish(
      {
        kind: 'message.failed',
        instanceId,
        occurredAt: at,
        messageId,
        whatsappId,
        recipient,
        reason,
        explanation,
        refusalCode,
        pool,
      },
      transaction,
    )
    transaction.afterCommit(() => {
      this.#options.onDone(message)
      metrics.messageEnded(reason)
      if (status === 'cancelled') log.info('message-cancelled', { instanceId, messageId })
      else log.warn('message-failed', { instanceId, messageId, reason, refusalCode })
    })
    return true
  }
}

/** How a message ends whose time is up while it is at rest. */
export function expiryOf(message: Pick<OutgoingMessage, 'status'>): Ending {
  return honest(expired, message.status === 'unknown')
}

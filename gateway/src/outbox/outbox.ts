/**
 * What leaves, up to its row in the database.
 *
 * Accepted means committed: from then on the message survives the process. A
 * queue (`instance-queue.ts`) sends it, and receipts move it forward through `advance`.
 */

import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Schema } from '../db/schema.js'
import type { Vault } from '../db/encryption.js'
import { type ChatId, chatOf, conversationKey, type Recipient } from '../domain/chat.js'
import { GatewayError, StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { OutgoingMessage, WhatsappId } from '../domain/message.js'
import { isWaiting, mayFollow, type ReceiptStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { type Accepted, Admission } from './limits/admission.js'
import type { CodeLimits } from './limits/code-limits.js'
import { contentBytesOf, largeBytes } from './content-bytes.js'
import type { EarlierPort } from './history/earlier-messages.js'
import { undeliverableAt } from './queue/undeliverable.js'
import type { QueueForecast } from './queue/forecast.js'
import { newMessage, timesOf } from './new-message.js'
import { noMembers } from './queue/moves.js'
import type { TrackedMessage } from './message-row.js'
import { type EventSink, Outcomes } from './outcomes.js'
import { type OutboxFigures, readFigures } from './history/outbox-figures.js'
import { type OutboxMetrics, receiptMoment, uncounted } from './history/outbox-metrics.js'
import { type PeoplePort, personIn } from './limits/people.js'
import { type Form, formOf, hasPlainForm } from './plain-form.js'
import type { Restrictions } from './limits/restrictions.js'
import type { SendingHolds } from './limits/sending-holds.js'
import { OutboxStore, type QueuePlace } from './outbox-store.js'
import { holdInstance } from './queue-rows.js'
import { type DiskPort, QueueLimits, type SettingsPort } from './limits/queue-limits.js'
import { mayConcern } from './history/receipt-chat.js'
import type {
  Submission,
  AcceptOptions,
  AcceptedCopies,
  ReceiptWord,
  Advanced,
} from './submission.js'

/** The queue of each instance. */
export interface QueuePort {
  /** Whether the instance's session is open, so that its queue moves. */
  isOpen(instanceId: InstanceId): boolean
  /** A message waits at this place. */
  accepted(instanceId: InstanceId, place: QueuePlace): void
  /** The message does not wait any more. */
  done(message: TrackedMessage): void
  /** How long a new message would wait. `query`: that of a transaction, within one. */
  forecast(instanceId: InstanceId, query?: Kysely<Schema>): Promise<QueueForecast>
  /** The queue may have changed without a signal. */
  lookAgain(instanceId: InstanceId): void
}

export interface OutboxOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly events: EventSink
  readonly queue: QueuePort
  readonly settings: SettingsPort
  readonly log: Log
  readonly people: PeoplePort
  readonly metrics?: OutboxMetrics | undefined
  /** Without it no callback tells what earlier message ours is about. */
  readonly earlier?: EarlierPort | undefined
  /** How many login codes one person may be sent. No limit unless given. */
  readonly codeLimits?: CodeLimits | undefined
  readonly restrictions: Restrictions
  readonly holds: Pick<SendingHolds, 'of'>
  /** How long a login code is worth sending whose caller does not say it. As its kind says if unset. */
  readonly codeLifeMs?: number | undefined
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never. 20 s if unset. */
  readonly undeliverableAfterMs?: number | undefined
  /** How many may wait while the instance is disconnected. */
  readonly maxWaiting?: number | undefined
  /** How many bytes the contents that wait may take, connected or not. */
  readonly maxWaitingBytes?: number | undefined
  /** No limit unless given. */
  readonly disk?: DiskPort | undefined
}

export class Outbox {
  readonly #options: OutboxOptions
  readonly #store: OutboxStore
  readonly #outcomes: Outcomes
  readonly #admission: Admission
  readonly #limits: QueueLimits

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#store = new OutboxStore(options)
    const { queue } = options
    this.#outcomes = new Outcomes({
      ...options,
      members: noMembers,
      store: this.#store,
      onDone: (message) => queue.done(message),
      onAdded: (instanceId, place) => queue.accepted(instanceId, place),
    })
    this.#admission = new Admission(options)
    this.#limits = new QueueLimits({ ...options, store: this.#store })
  }

  /**
   * Puts a message at the end of the instance's queue and returns once that is
   * on the disk. Throws `OutboxFullError` when the instance is disconnected
   * and too much waits already, `NotConnectedError` when it is and keeps nothing
   * for later, `WaitingBytesError`, `DiskNearlyFullError`, `RestrictedError`, `TooManyCodesError`,
   * `WouldExpireError`, and `RequestInFlightError` or `IdempotencyKeyReusedError` by the rules of the key; nothing was accepted
   * then. Any other error leaves open whether it was accepted, and accepting
   * again makes a second message unless the request has a key.
   */
  async accept(
    instanceId: InstanceId,
    submission: Submission,
    { idempotencyKey, parameters = submission, alongside }: AcceptOptions = {},
  ): Promise<Accepted> {
    const { database } = this.#options
    const isLarge = contentBytesOf(submission.content) > largeBytes
    if (isLarge) await setImmediate()
    const addressed = submission.pool?.id ?? instanceId
    const request = this.#admission.named(addressed, idempotencyKey, parameters)
    return this.#admission.alone(request, async () => {
      const { message, rest } = await this.#newMessage(instanceId, submission)
      const leave = this.#limits.enter(message)
      try {
        const sealed = isLarge ? await this.#sealedByItself(message) : undefined
        return await database.transaction(async (transaction) => {
          if (submission.pool !== undefined) await holdInstance(transaction, submission.pool.id)
          if (alongside !== undefined) await holdInstance(transaction, instanceId)
          // A code is one in every form.
          const { content } = submission
          const earlier = await this.#admission.admit({ ...message, content }, request, transaction)
          if (earlier !== undefined) return earlier
          const accepted = await this.#enqueue(message, transaction, sealed)
          await this.#outcomes.add(rest, message, transaction)
          await alongside?.(accepted, transaction)
          return accepted
        })
      } catch (cause) {
        // The commit may have been made although its answer was lost.
        const isRefusal = cause instanceof GatewayError && !(cause instanceof StoreUnavailableError)
        if (!isRefusal) this.#options.queue.lookAgain(instanceId)
        throw cause
      } finally {
        leave()
      }
    })
  }

  /**
   * Accepts the same message for each of them (at least one), all or none; throws as `accept` does.
   * Repeated under its key it gives the copies of then, for those who are named again.
   */
  async acceptCopies(
    instanceId: InstanceId,
    recipients: readonly Recipient[],
    message: Omit<Submission, 'recipient'>,
    {
      idempotencyKey,
      parameters = message,
    }: Pick<AcceptOptions, 'idempotencyKey' | 'parameters'> = {},
  ): Promise<AcceptedCopies> {
    const requests = recipients.map((recipient) =>
      this.#admission.named(
        instanceId,
        idempotencyKey && `${idempotencyKey}\n${conversationKey(chatOf(recipient))}`,
        parameters,
      ),
    )
    const [leader, ...others] = recipients
    if (leader === undefined) throw new Error('a message without recipients')
    const made = await Promise.all(
      others.map((recipient) => this.#newMessage(instanceId, { ...message, recipient })),
    )
    const leaves = made.map((each) => this.#limits.enter(each.message))
    try {
      const copies: Accepted[] = []
      const alongside: AcceptOptions['alongside'] = async (first, transaction) => {
        copies.splice(0, copies.length, first)
        await this.#admission.note(requests[0], first, transaction)
        for (const [index, { message: copy, rest }] of made.entries()) {
          const { content } = message
          await this.#admission.admit({ ...copy, content }, requests[index + 1], transaction)
          copies.push(await this.#enqueue(copy, transaction))
          await this.#outcomes.add(rest, copy, transaction)
        }
      }
      const submission = { ...message, recipient: leader }
      const options = { idempotencyKey, parameters, alongside }
      const first = await this.accept(instanceId, submission, options)
      const found =
        copies.length > 0
          ? copies
          : await this.#admission.earlierUnder(requests, this.#options.database)
      return {
        first,
        copies: recipients.flatMap((recipient, index) => {
          const accepted = found[index]
          return accepted === undefined ? [] : [{ recipient, accepted }]
        }),
      }
    } finally {
      for (const leave of leaves) leave()
    }
  }

  /**
   * Moves one of our messages forward on WhatsApp's word, within the caller's transaction. `undefined`
   * if it is not ours, or if this chat cannot speak of it: WhatsApp lets any account send a receipt for any id.
   *
   * A receipt may be faster than the ack of the send: it then says that the
   * message was sent, and what has to be told of that is told first.
   */
  async advance(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    { status, at, chat, serverId }: ReceiptWord,
    transaction: Transaction,
  ): Promise<Advanced | undefined> {
    for (;;) {
      const message = await this.#store.find(transaction.query, instanceId, whatsappId)
      if (message === undefined || !mayConcern(chat, message)) return undefined
      const { id: messageId, recipient, pool } = message
      if (!mayFollow(message.status, status))
        return { messageId, recipient, pool, at: message.sentAt, isNews: false }
      const moment = notBeforeEarlierSteps(message, at)
      if (await this.#move(message, { status, at: moment, serverId }, transaction)) {
        if (status !== 'sent')
          await this.#options.restrictions.met(instanceId, chatOf(recipient), transaction)
        return { messageId, recipient, pool, at: moment, isNews: true }
      }
      // Its queue moved it in between (PostgreSQL only): look again.
    }
  }

  /** A message that left, at any later status. `undefined` if it is not ours, or did not leave. */
  async sent(
    instanceId: InstanceId,
    whatsappId: WhatsappId,
    transaction: Transaction,
  ): Promise<{ readonly recipient: Recipient; readonly at: EpochMs } | undefined> {
    const message = await this.#store.find(transaction.query, instanceId, whatsappId)
    if (message?.sentAt === undefined) return undefined
    return { recipient: message.recipient, at: message.sentAt }
  }

  /**
   * How long a message may wait until it expires, or its caller is told to take another way, in ms.
   * `undefined`: as long as it takes. `addressed`: an instance or a pool.
   */
  async patienceMs(addressed: InstanceId, submission: Submission): Promise<number | undefined> {
    const { expiresInSeconds, toldAfterMs } = await timesOf(this.#options, addressed, submission)
    const message = newMessage(addressed, { ...submission, expiresInSeconds }, 0)
    return undeliverableAt(message, toldAfterMs) ?? message.expiresAt
  }

  /** How long a new message of this instance would wait. */
  forecast(instanceId: InstanceId): Promise<QueueForecast> {
    return this.#options.queue.forecast(instanceId)
  }

  /** What waits in all queues. */
  figures(): Promise<OutboxFigures> {
    return readFigures(this.#options.database.query)
  }

  async #newMessage(
    instanceId: InstanceId,
    submission: Submission,
  ): Promise<{ readonly message: OutgoingMessage; readonly rest: Form['rest'] }> {
    const { rest, ...form } = await this.#formOf(instanceId, submission)
    const addressed = submission.pool?.id ?? instanceId
    const { expiresInSeconds, toldAfterMs } = await timesOf(this.#options, addressed, submission)
    const now = this.#options.clock.now()
    const message = newMessage(instanceId, { ...submission, expiresInSeconds }, now)
    const moment = undeliverableAt(message, toldAfterMs)
    return { message: { ...message, ...form, undeliverableAt: moment }, rest }
  }

  async #formOf(instanceId: InstanceId, { content, recipient }: Submission): Promise<Form> {
    if (!hasPlainForm(content)) return { content, rest: [] }
    const { buttonForm } = await this.#options.settings.settingsOf(instanceId)
    return formOf(content, recipient, buttonForm)
  }

  /** Hashing, sealing and storing a file take tens of milliseconds each: others have their turn in between. */
  async #sealedByItself(message: OutgoingMessage): Promise<Uint8Array> {
    await setImmediate()
    const sealed = this.#store.seal(message)
    await setImmediate()
    return sealed
  }

  async #enqueue(
    message: OutgoingMessage,
    transaction: Transaction,
    sealed?: Uint8Array,
  ): Promise<Accepted> {
    const { queue, metrics = uncounted } = this.#options
    const { id, instanceId, whatsappId, acceptedAt } = message
    const lateAt = await this.#limits.check(message, transaction)
    const chat = await this.#chatOf(message, transaction)
    const place = await this.#store.insert(transaction.query, message, chat, sealed)
    transaction.afterCommit(() => metrics.messageAccepted())
    // The queue stores its claim before it writes, and that waits for the disk.
    transaction.onceReadable(() => queue.accepted(instanceId, place))
    return { id, whatsappId, acceptedAt, ...(lateAt === undefined ? {} : { lateAt }) }
  }

  /** A person by number and by LID is one chat, as soon as both are known. */
  async #chatOf(
    { instanceId, recipient }: OutgoingMessage,
    { query }: Transaction,
  ): Promise<ChatId> {
    const person = personIn(recipient)
    if (person === undefined) return chatOf(recipient)
    return { kind: 'person', ...(await this.#options.people.whole(instanceId, person, query)) }
  }

  async #move(
    message: TrackedMessage,
    word: Omit<ReceiptWord, 'chat'>,
    transaction: Transaction,
  ): Promise<boolean> {
    const { status, at } = word
    const { recipient, status: from } = message
    if (!isWaiting(from)) return this.#advanceSent(message, status, at, transaction)

    const news = { ...word, chat: chatOf(recipient) }
    const content = await this.#store.contentOf(transaction.query, message)
    if (content === undefined) return false
    const sent = { ...message, content }
    if (!(await this.#outcomes.sent(sent, [from], news, transaction))) return false
    // The caller of `advance` tells the status it brought, but not the one that was skipped.
    if (status !== 'sent') await this.#outcomes.tellStatusSent(message, at, transaction)
    return true
  }

  async #advanceSent(
    message: TrackedMessage,
    status: ReceiptStatus,
    datedAt: EpochMs,
    transaction: Transaction,
  ): Promise<boolean> {
    const { clock, metrics = uncounted } = this.#options
    const { status: from, sentAt, deliveredAt } = message
    const at = receiptMoment(datedAt, clock.now())
    if (!(await this.#store.status.advance(transaction.query, message, from, { status, at })))
      return false
    const before = status === 'delivered' ? sentAt : deliveredAt
    if ((status === 'delivered' || status === 'read') && before !== undefined)
      transaction.afterCommit(() => metrics.messageAdvanced(status, Math.max(0, at - before)))
    return true
  }
}

/**
 * WhatsApp dates receipts in whole seconds, cut off, and by its own clock. A
 * callback must not date a step before its cause.
 */
function notBeforeEarlierSteps(
  { acceptedAt, sentAt = 0, deliveredAt = 0 }: TrackedMessage,
  at: EpochMs,
): EpochMs {
  return Math.max(at, acceptedAt, sentAt, deliveredAt)
}

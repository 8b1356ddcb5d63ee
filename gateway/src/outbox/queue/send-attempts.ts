/**
 * The attempts of one queue: prepares messages, claims the one whose turn has come, writes it, and
 * hands on how it ended.
 *
 * The claim (`sending`, the attempt counted) and what has to be kept of the message are one
 * transaction, committed before anything is written. So a process that dies at any point leaves a
 * message that surely did not leave, or one that is known to be unknown.
 */

import type { Database, Transaction } from '../../db/database.js'
import { chatOf, conversationKey, type Recipient } from '../../domain/chat.js'
import type { PreparedFiles } from '../../domain/content/files.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type {
  EngineMessage,
  NotWritten,
  PreparedMessage,
  SendResult,
  ToKeep,
  Written,
} from '../../domain/sending.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { maskedContent, mayHoldCode } from '../history/masking.js'
import { inTheAir } from '../history/message-statuses.js'
import type { OutboxMetrics } from '../history/outbox-metrics.js'
import type { Restrictions } from '../limits/restrictions.js'
import { isHold, type SendingHolds } from '../limits/sending-holds.js'
import type { QueuedMessage } from '../message-row.js'
import type { OutboxStore } from '../outbox-store.js'
import { Attempt } from './attempt.js'
import { resendUntil } from './expiry.js'
import type { QueueState } from './next-message.js'
import { begun, ended } from './send-log.js'
import { type SendOutcome, SendOutcomes, type SendOutcomesOptions } from './send-outcomes.js'
import { afterSend } from './send-retry.js'
import type { KnownChat } from './waiting-chats.js'

/** So long a message that looks up its recipient is not overtaken. One with a file is known to take longer. */
const patienceMs = 500

export interface SendingSession {
  isOpen(instanceId: InstanceId): boolean
  /** Never throws. */
  prepare(instanceId: InstanceId, message: EngineMessage): Promise<PreparedMessage | NotWritten>
}

/** Stores what is kept of a message, within the transaction of its claim. */
export interface KeepPort {
  keep(
    message: Pick<OutgoingMessage, 'instanceId' | 'whatsappId'> & {
      /** Until when a device that could not decrypt it may have it again. */
      readonly resendUntil: EpochMs
    },
    what: ToKeep,
    transaction: Transaction,
  ): Promise<void>
}

export interface SendAttemptsOptions extends SendOutcomesOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly session: SendingSession
  readonly keeping: KeepPort
  readonly holds: Pick<SendingHolds, 'count'>
  readonly restrictions: Pick<Restrictions, 'bars'>
  readonly metrics?: OutboxMetrics | undefined
}

/** The queue, as its attempts see it. */
export interface QueueOfAttempts {
  isOpen(): boolean
  /** Whether the message of this chat is the next one to leave. */
  isNext(chat: KnownChat): boolean
  /** The message of this chat has to wait for another day. */
  held(chat: KnownChat): void
  /** The message is on the socket. */
  left(message: QueuedMessage): void
  /** The message will be sent again. */
  goesAgain(message: QueuedMessage): void
  wake(): void
}

export class SendAttempts {
  readonly #instanceId: InstanceId
  readonly #options: SendAttemptsOptions
  readonly #queue: QueueOfAttempts
  readonly #outcomes: SendOutcomes
  readonly #attempts = new Map<Attempt, KnownChat>()
  /** Chats whose ratchets may be behind: a dead process was sending to them. */
  readonly #renewFor = new Set<string>()
  /** Why a claim failed. Whether it was stored is not known. */
  #failedClaim: { readonly message: QueuedMessage; readonly cause: unknown } | undefined
  #claimsFail = false
  #isStopping = false

  constructor(instanceId: InstanceId, options: SendAttemptsOptions, queue: QueueOfAttempts) {
    this.#instanceId = instanceId
    this.#options = options
    this.#queue = queue
    this.#outcomes = new SendOutcomes(options, () => queue.isOpen())
  }

  /** How many attempts stand where, and until when another would overtake one. */
  get standing(): Omit<QueueState, 'now' | 'turns' | 'gapOverAt' | 'longestWaitMs'> {
    const attempts = [...this.#attempts.keys()]
    const beginnings = attempts
      .filter(({ state, hasFile }) => state === 'preparing' && !hasFile)
      .map(({ beganAt }) => beganAt + patienceMs)
    const count = (...states: readonly Attempt['state'][]) =>
      attempts.filter(({ state }) => states.includes(state)).length
    // While claims fail, what is prepared is enough to find out when they no longer do.
    const isEnough = this.#claimsFail && count('prepared') > 0
    return {
      isOneLeaving: count('leaving') > 0,
      unacknowledged: count('left'),
      preparing: isEnough ? Infinity : count('preparing', 'prepared'),
      beginNotBefore: Math.max(0, ...beginnings),
    }
  }

  /** The last claim could not be stored. The next one is tried by the queue's loop, which waits longer and longer. */
  get claimsFail(): boolean {
    return this.#claimsFail
  }

  /** The next message to this recipient builds new Signal sessions. */
  renewFor(recipient: Recipient): void {
    this.#renewFor.add(chatOfRecipient(recipient))
  }

  /** Prepares the first message of the chat. As soon as that is done, it leaves or waits for its turn. */
  begin(chat: KnownChat, message: QueuedMessage, files: PreparedFiles): void {
    const attempt = new Attempt(message, this.#options.clock.now())
    chat.attempt = attempt
    this.#attempts.set(attempt, chat)
    void this.#prepare(attempt, chat, files)
  }

  /** The turn of a prepared message has come. Resolves when it is claimed, or could not be. */
  leave(chat: KnownChat): Promise<void> {
    const { attempt } = chat
    const prepared = attempt?.prepared
    if (attempt === undefined || prepared === undefined) return Promise.resolve()
    if (!prepared.isUsable() || chat.isStale) {
      this.#drop(attempt)
      return Promise.resolve()
    }
    attempt.state = 'leaving'
    const claimed = this.#claim(attempt, prepared)
    attempt.over = claimed.then((isClaimed) =>
      isClaimed ? this.#write(attempt, prepared) : undefined,
    )
    return claimed.then(() => undefined)
  }

  /** Drops what was prepared for a connection that has ended, or is not the first of its chat any more. */
  dropUnusable(): void {
    for (const [attempt, chat] of this.#attempts)
      if (attempt.state === 'prepared' && (chat.isStale || attempt.prepared?.isUsable() === false))
        this.#drop(attempt)
  }

  /** Puts back the message whose claim failed. Throws why it failed, so that the queue waits. */
  async judgeFailedClaim(): Promise<void> {
    const failed = this.#failedClaim
    if (failed === undefined) return
    const { database, store } = this.#options
    const { status, attempts } = failed.message
    const to = { status: status === 'unknown' ? status : 'queued', attempts } as const
    await store.status.putBack(database.query, failed.message, inTheAir, {
      ...to,
      retryAt: undefined,
    })
    this.#failedClaim = undefined
    throw failed.cause
  }

  /** Writes down how attempts ended. When it throws, call it again. */
  async writeOutcomes(): Promise<void> {
    await this.#outcomes.write((outcome) => this.#written(outcome))
  }

  /** Resolves when the ends of those that may be on the wire are written down. No other leaves any more. */
  async stop(): Promise<void> {
    this.#isStopping = true
    // What was not claimed surely did not leave, and its row says so.
    await Promise.all([...this.#attempts.keys()].map(({ over }) => over))
    await this.writeOutcomes()
  }

  async #prepare(attempt: Attempt, chat: KnownChat, files: PreparedFiles): Promise<void> {
    const prepared = await this.#askEngine(attempt.message, chat, files)
    if (prepared.kind !== 'prepared') return this.#end(attempt, prepared)
    if (this.#isStopping) return this.#drop(attempt)
    attempt.prepared = prepared
    attempt.state = 'prepared'
    if (!this.#claimsFail && this.#queue.isNext(chat)) void this.leave(chat)
    else this.#queue.wake()
  }

  async #askEngine(
    message: QueuedMessage,
    chat: KnownChat,
    files: PreparedFiles,
  ): Promise<PreparedMessage | NotWritten> {
    const { session, log } = this.#options
    const { whatsappId, recipient, content, status, typingMs, expiresAt, fallback } = message
    const renewEncryption =
      status === 'unknown' || chat.renewEncryption || this.#renewFor.has(chatOfRecipient(recipient))
    try {
      return await session.prepare(this.#instanceId, {
        whatsappId,
        recipient,
        content,
        keepAs: maskedContent(content, mayHoldCode(fallback)),
        files,
        typingMs: isFirstSend(message) ? typingMs : 0,
        expiresAt,
        renewEncryption,
      })
    } catch (cause) {
      if (!(cause instanceof NotConnectedError))
        log.error('send-threw', { instanceId: this.#instanceId, cause })
      return { kind: 'not-sent', cause }
    }
  }

  async #claim(attempt: Attempt, { keep }: PreparedMessage): Promise<boolean> {
    const { clock, database, store, keeping, holds, restrictions } = this.#options
    const { message } = attempt
    let isHeld = false
    const now = clock.now()
    const { instanceId, whatsappId } = message
    const sends = begun(message.sends, whatsappId, now)
    const kept = { instanceId, whatsappId, resendUntil: resendUntil(message) }
    attempt.claimedAt = now
    try {
      attempt.isClaimed = await database.transaction(async (transaction) => {
        const { query } = transaction
        // Another message may have been refused while this one was prepared. The next step ends it.
        if (message.status === 'queued' && (await restrictions.bars(message, query)) !== undefined)
          return false
        const counted = await holds.count(message, transaction)
        isHeld = isHold(counted)
        if (isHold(counted)) return false
        if (!(await store.status.claim(query, message, now, sends, counted))) return false
        await keeping.keep(kept, keep, transaction)
        return true
      })
    } catch (cause) {
      this.#failedClaim = { message, cause }
      this.#claimsFail = true
      attempt.state = 'prepared'
      this.#queue.wake()
      return false
    }
    this.#claimsFail = false
    const chat = this.#attempts.get(attempt)
    // Else it has ended meanwhile.
    if (isHeld && chat !== undefined) this.#queue.held(chat)
    if (!attempt.isClaimed) this.#drop(attempt)
    return attempt.isClaimed
  }

  async #write(attempt: Attempt, prepared: PreparedMessage): Promise<void> {
    const written = await this.#askToWrite(prepared)
    if (written.kind !== 'written') return this.#end(attempt, written)
    this.#left(attempt)
    this.#end(attempt, await written.acknowledged)
  }

  async #askToWrite(prepared: PreparedMessage): Promise<Written> {
    try {
      return await prepared.write()
    } catch (cause) {
      this.#options.log.error('send-threw', { instanceId: this.#instanceId, cause })
      const acknowledged = Promise.resolve({ kind: 'unknown', cause } as const)
      return { kind: 'written', acknowledged }
    }
  }

  #left(attempt: Attempt): void {
    attempt.state = 'left'
    this.#queue.left(attempt.message)
    this.#queue.wake()
  }

  #end(attempt: Attempt, result: SendResult): void {
    const { clock, random } = this.#options
    const { message, isClaimed } = attempt
    const chat = this.#attempts.get(attempt)
    if (chat === undefined || (this.#isStopping && !isClaimed)) return this.#drop(attempt)
    chat.notSentInARow =
      result.kind === 'not-sent' && this.#queue.isOpen() ? chat.notSentInARow + 1 : 0
    const attempts = message.attempts + (isClaimed ? 1 : 0)
    const tried = {
      message: { ...message, attempts },
      mayHaveArrived: message.status === 'unknown',
      notSentInARow: chat.notSentInARow,
    }
    const sends = begun(message.sends, message.whatsappId, attempt.claimedAt ?? attempt.beganAt)
    this.#outcomes.add({
      chat,
      message,
      isClaimed,
      after: afterSend(result, tried, random),
      attempt: {
        writtenAt: wasWritten(result) ? clock.now() : undefined,
        sends: ended(sends, result, clock.now()),
      },
    })
    this.#tell(tried.message, result)
    this.#queue.wake()
  }

  #drop(attempt: Attempt): void {
    const chat = this.#attempts.get(attempt)
    this.#attempts.delete(attempt)
    if (chat !== undefined) chat.attempt = undefined
    this.#queue.wake()
  }

  #written({ chat, message, after }: SendOutcome): void {
    if (after.kind === 'sent') this.#renewFor.delete(chatOfRecipient(message.recipient))
    if (after.kind === 'retry' || after.kind === 'unknown') this.#queue.goesAgain(message)
    if (chat.attempt !== undefined) this.#attempts.delete(chat.attempt)
    chat.attempt = undefined
  }

  #tell({ id: messageId, instanceId, attempts }: OutgoingMessage, result: SendResult): void {
    const { log, metrics } = this.#options
    if (result.kind === 'refused') metrics?.sendRefused(result.code)
    const fields = { instanceId, messageId, attempts, reason: result.kind }
    if (result.kind === 'refused') log.warn('send-refused', { ...fields, refusalCode: result.code })
    else if ('cause' in result) log.warn('send-failed', { ...fields, cause: result.cause })
    else log.debug('send-ended', fields)
  }
}

function chatOfRecipient(recipient: Recipient): string {
  return conversationKey(chatOf(recipient))
}

function isFirstSend({ attempts, fallback }: OutgoingMessage): boolean {
  return (
    attempts === 0 && fallback?.refusedWhatsappId === undefined && fallback?.partOf === undefined
  )
}

function wasWritten({ kind }: SendResult): boolean {
  return kind === 'sent' || kind === 'refused' || kind === 'unknown'
}

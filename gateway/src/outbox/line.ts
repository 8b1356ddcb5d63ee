/**
 * Sends the messages of one instance, one after the other.
 *
 * The line is strict: only its head is ever sent, and whatever delays the head
 * delays the rest, because callers count on the order. A claim (`sending`, the
 * attempt counted) is committed before the engine is called, so a process that
 * dies at any point leaves a message that surely did not leave, or one that is
 * known to be unknown.
 */

import type { Database } from '../db/database.js'
import type { Recipient } from '../domain/chat.js'
import type { EngineMessage, SendResult } from '../domain/engine.js'
import { NotConnectedError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId, OutgoingMessage, PreparedContent } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { newWhatsappId } from '../runtime/ids.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import { barred, honest, imageFailed } from './ending.js'
import { isExpired, resendUntil } from './expiry.js'
import { asPlainText } from './fallback.js'
import { ImageStage, type ImageStageOptions } from './image-stage.js'
import { expiryOf, type Outcomes } from './outcomes.js'
import type { OutboxMetrics } from './outbox-metrics.js'
import {
  atRest,
  type EndedAttempt,
  inTheAir,
  notGone,
  type OutboxStore,
  type Waiting,
} from './outbox-store.js'
import type { Restrictions } from './restrictions.js'
import { type LastSend, nextSendAt, type PacingPolicy } from './pacing.js'
import { begun, ended } from './send-log.js'
import { type AfterSend, afterSend, resendAt } from './send-retry.js'

export interface SessionPort {
  isOpen(instanceId: InstanceId): boolean
  send(instanceId: InstanceId, message: EngineMessage): Promise<SendResult>
}

export interface LineOptions extends ImageStageOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly outcomes: Outcomes
  readonly session: SessionPort
  readonly policy: PacingPolicy
  readonly metrics?: OutboxMetrics | undefined
  readonly restrictions?: Restrictions | undefined
  /** A message was put back and may expire before the watch for expiry looks again. */
  readonly onPutBack: () => void
}

/** What this process knows of the head of the line besides its row. */
interface Head {
  readonly messageId: MessageId
  /** By the pacing. Drawn once. */
  readonly dueAt: EpochMs
  notSentInARow: number
  unknownSince: EpochMs | undefined
  renewEncryption: boolean
}

/** The end of a send. Kept until it is written down, however often the database fails. */
interface Outcome {
  /** As it was claimed. */
  readonly message: OutgoingMessage
  readonly mayHaveArrived: boolean
  readonly after: AfterSend
  readonly attempt: EndedAttempt
}

export class Line {
  readonly #instanceId: InstanceId
  readonly #options: LineOptions
  readonly #loop: WorkerLoop
  readonly #images: ImageStage
  /** Whose ratchets may be behind, as texts: a dead process was sending to them. */
  readonly #renewFor = new Set<string>()
  #head: Head | undefined
  #last: { readonly send: LastSend | undefined } | undefined
  #openedAt: EpochMs | undefined
  #outcome: Outcome | undefined

  constructor(instanceId: InstanceId, options: LineOptions) {
    const { clock, log, random } = options
    this.#instanceId = instanceId
    this.#options = options
    this.#images = new ImageStage(options)
    const step = (signal: AbortSignal) => this.#step(signal)
    this.#loop = new WorkerLoop({ name: 'line', clock, log, random, step })
  }

  start(): void {
    this.#loop.start()
  }

  wake(): void {
    this.#loop.wake()
  }

  /** The session is open anew. What is unknown need not wait for a late ack any more. */
  sessionOpened(): void {
    this.#openedAt = this.#options.clock.now()
    this.#loop.wake()
  }

  /** The next message to this recipient builds new Signal sessions. */
  renewFor(recipient: Recipient): void {
    this.#renewFor.add(JSON.stringify(recipient))
  }

  /** Lets the send in the air end, with its outcome written down, and begins no other. */
  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #step(signal: AbortSignal): Promise<number | undefined> {
    await this.#writeOutcome()
    if (signal.aborted) return undefined
    const { clock, database, store, outcomes } = this.#options
    const waiting = await store.head(database.query, this.#instanceId)
    if (waiting?.message.id !== this.#head?.messageId) this.#images.forget()
    if (waiting === undefined) return undefined
    const { message } = waiting
    if (message.status === 'sending') {
      // A claim whose own answer was lost. Nothing was written, but that is not on record.
      await store.putBack(database.query, message.id, {
        status: 'unknown',
        attempts: message.attempts,
        retryAt: undefined,
      })
      return 0
    }
    if (isExpired(message, clock.now())) {
      await outcomes.ended(message, atRest, expiryOf(message))
      return 0
    }
    // What expires meanwhile is ended by the watch for expiry; the next opening wakes this line.
    if (!this.#isOpen()) return undefined
    // One that may have arrived is no new conversation any more.
    const barredUntil =
      message.status === 'queued' ? await this.#options.restrictions?.bars(message) : undefined
    if (barredUntil !== undefined) {
      await outcomes.ended(message, notGone, barred(barredUntil))
      return 0
    }
    return this.#serve(waiting, await this.#headOf(message), signal)
  }

  async #serve(waiting: Waiting, head: Head, signal: AbortSignal): Promise<number | undefined> {
    const { clock, outcomes } = this.#options
    const { message } = waiting
    const staged = await this.#images.prepare(message, signal)
    if (staged.kind === 'failed') {
      const ending = honest(imageFailed(staged.why), message.status === 'unknown')
      await outcomes.ended(message, atRest, ending)
      return 0
    }
    const leavesAt = staged.kind === 'later' ? staged.at : this.#leavesAt(waiting, head)
    const now = clock.now()
    if (leavesAt > now) return Math.min(leavesAt, message.expiresAt ?? leavesAt) - now
    if (signal.aborted || staged.kind === 'later' || !this.#isOpen()) return undefined
    await this.#send(waiting, staged.content, head)
    return 0
  }

  async #headOf({ id, acceptedAt }: OutgoingMessage): Promise<Head> {
    if (this.#head?.messageId === id) return this.#head
    const { clock, database, store, policy, random } = this.#options
    this.#last ??= { send: await store.lastSend(database.query, this.#instanceId) }
    const { send } = this.#last
    // A clock that was set back must not make anybody wait.
    const last = send && { ...send, sentAt: Math.min(send.sentAt, clock.now()) }
    this.#head = {
      messageId: id,
      dueAt: nextSendAt(acceptedAt, last, policy, random),
      notSentInARow: 0,
      unknownSince: undefined,
      renewEncryption: false,
    }
    return this.#head
  }

  /** Only what leaves for the first time owes a gap: a resend and a fallback take up what is begun. */
  #leavesAt({ message, retryAt = 0 }: Waiting, head: Head): EpochMs {
    if (message.status === 'unknown') {
      return Math.max(retryAt, resendAt(head.unknownSince, this.#openedAt ?? 0))
    }
    return isFirstSend(message) ? Math.max(retryAt, head.dueAt) : retryAt
  }

  async #send(waiting: Waiting, content: PreparedContent, head: Head): Promise<void> {
    const { clock, database, store, random } = this.#options
    const { message } = waiting
    const now = clock.now()
    const sends = begun(waiting.sends, message.whatsappId, now)
    if (!(await store.claim(database.query, message.id, now, sends))) return
    const claimed = { ...message, attempts: message.attempts + 1 }
    const mayHaveArrived = message.status === 'unknown'
    const result = await this.#callEngine({
      whatsappId: message.whatsappId,
      recipient: message.recipient,
      content,
      typingMs: isFirstSend(message) ? message.typingMs : 0,
      renewEncryption:
        mayHaveArrived ||
        head.renewEncryption ||
        this.#renewFor.has(JSON.stringify(message.recipient)),
      resendUntil: resendUntil(message),
      mayStillLeave: () => !isExpired(message, clock.now()),
    })
    head.notSentInARow = result.kind === 'not-sent' && this.#isOpen() ? head.notSentInARow + 1 : 0
    const attempt = { message: claimed, mayHaveArrived, notSentInARow: head.notSentInARow }
    this.#outcome = {
      message: claimed,
      mayHaveArrived,
      after: afterSend(result, attempt, random),
      attempt: {
        writtenAt: wasWritten(result) ? clock.now() : undefined,
        sends: ended(sends, result, clock.now()),
      },
    }
    this.#tell(claimed, result)
    await this.#writeOutcome()
  }

  async #callEngine(message: EngineMessage): Promise<SendResult> {
    try {
      return await this.#options.session.send(this.#instanceId, message)
    } catch (cause) {
      if (cause instanceof NotConnectedError) return { kind: 'not-sent', cause }
      this.#options.log.error('send-threw', { instanceId: this.#instanceId, cause })
      return { kind: 'unknown', cause }
    }
  }

  async #writeOutcome(): Promise<void> {
    if (this.#outcome === undefined) return
    const { message, after, attempt } = this.#outcome
    await this.#write(this.#outcome)
    this.#outcome = undefined
    if (after.kind === 'sent') this.#renewFor.delete(JSON.stringify(message.recipient))
    if (attempt.writtenAt === undefined) return
    this.#last = { send: { sentAt: attempt.writtenAt, gapAfterMs: message.gapAfterMs } }
  }

  /** May run again after it threw. */
  async #write({ message, mayHaveArrived, after, attempt }: Outcome): Promise<void> {
    const { clock, database, store, outcomes, onPutBack } = this.#options
    switch (after.kind) {
      case 'sent':
        return database.transaction(async (transaction) => {
          const news = { status: 'sent', at: after.at, chat: after.chat } as const
          if (!(await outcomes.sent(message, inTheAir, news, transaction))) return
          await outcomes.tellStatusSent(message, after.at, transaction)
        })
      case 'ended':
        return outcomes.ended(message, inTheAir, after.ending, attempt)
      case 'fall-back':
        await this.#fallBack(message, after.refusalCode, attempt)
        break
      case 'unknown':
        await store.markUnknown(database.query, message.id, attempt)
        if (this.#head) this.#head.unknownSince = clock.now()
        break
      case 'retry':
        if (this.#head) this.#head.renewEncryption ||= after.renewEncryption
        await store.putBack(database.query, message.id, {
          status: mayHaveArrived ? 'unknown' : 'queued',
          attempts: after.written ? message.attempts : message.attempts - 1,
          // A line that stands still because of the session goes on as soon as that is back.
          retryAt: this.#isOpen() ? clock.now() + after.afterMs : undefined,
          attempt,
        })
        break
    }
    onPutBack()
  }

  async #fallBack(
    message: OutgoingMessage,
    refusalCode: number,
    attempt: EndedAttempt,
  ): Promise<void> {
    const { content, whatsappId } = message
    if (content.kind !== 'otp-button') return
    const { database, store } = this.#options
    await store.replace(database.query, message, {
      whatsappId: newWhatsappId(),
      content: asPlainText(content),
      fallback: { refusalCode, refusedWhatsappId: whatsappId },
      attempt,
    })
  }

  #isOpen(): boolean {
    const { clock, session } = this.#options
    const isOpen = session.isOpen(this.#instanceId)
    this.#openedAt = isOpen ? (this.#openedAt ?? clock.now()) : undefined
    return isOpen
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

function isFirstSend({ attempts, fallback }: OutgoingMessage): boolean {
  return attempts === 0 && fallback === undefined
}

function wasWritten({ kind }: SendResult): boolean {
  return kind === 'sent' || kind === 'refused' || kind === 'unknown'
}

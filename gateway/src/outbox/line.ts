/**
 * Sends the messages of one instance, one after the other.
 *
 * The line is strict: only its head ever leaves, and whatever delays the head
 * delays the rest, because callers count on the order. In a line without gaps the
 * next one leaves as soon as the one before has left (`in-flight.ts`). A claim (`sending`, the
 * attempt counted) is committed before the engine writes, so a process that
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
import { isPlain, mayFollow } from './in-flight.js'
import { ImageStage, type ImageStageOptions } from './image-stage.js'
import { LookAhead, type PreparingSession } from './look-ahead.js'
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
import { begun, ended, type Send } from './send-log.js'
import { type AfterSend, afterSend, resendAt } from './send-retry.js'

export interface SessionPort extends PreparingSession {
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
  /** The how manieth claim of this line it was. */
  readonly order: number
  readonly mayHaveArrived: boolean
  readonly after: AfterSend
  readonly attempt: EndedAttempt
}

/** A message that was handed to the engine, and whose end is not written down yet. */
interface Flight {
  /** As it was before it was claimed. */
  readonly message: OutgoingMessage
  /** Resolves when its outcome is known. */
  readonly over: Promise<void>
}

/** More than any wait of `send-retry.ts` and any gap that a caller may ask for. */
const longestRetryMs = 60_000

export class Line {
  readonly #instanceId: InstanceId
  readonly #options: LineOptions
  readonly #loop: WorkerLoop
  readonly #images: ImageStage
  readonly #lookAhead: LookAhead
  /** Whose ratchets may be behind, as texts: a dead process was sending to them. */
  readonly #renewFor = new Set<string>()
  /** Of the head, and of those that left before it and may come back into the line. */
  readonly #heads = new Map<MessageId, Head>()
  #last: { readonly send: LastSend | undefined; readonly order: number } | undefined
  #openedAt: EpochMs | undefined
  readonly #flights = new Map<MessageId, Flight>()
  /** Known and not written down. */
  readonly #outcomes: Outcome[] = []
  #claims = 0

  constructor(instanceId: InstanceId, options: LineOptions) {
    const { clock, log, random } = options
    this.#instanceId = instanceId
    this.#options = options
    this.#images = new ImageStage(options)
    this.#lookAhead = new LookAhead(instanceId, options)
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

  /** Lets the sends in the air end, with their outcomes written down, and begins no other. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    await Promise.all([...this.#flights.values()].map(({ over }) => over))
    try {
      await this.#writeOutcomes()
    } catch (cause) {
      // The next process takes them for unknown.
      const fields = { state: 'line', cause, attempts: 1, retryInMs: 0 }
      this.#options.log.error('worker-failed', fields)
    }
  }

  async #step(signal: AbortSignal): Promise<number | undefined> {
    await this.#writeOutcomes()
    if (signal.aborted) return undefined
    const { clock, database, store, outcomes, policy } = this.#options
    const inFlight = [...this.#flights.values()].map((flight) => flight.message)
    const ids = [...this.#flights.keys()]
    const waiting = await store.head(database.query, this.#instanceId, ids)
    if (waiting === undefined) {
      this.#images.forget()
      return undefined
    }
    const { message } = waiting
    // The end of a flight wakes this line.
    if (!mayFollow(message, inFlight, policy)) return undefined
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
    if (isFirstSend(message)) await this.#lookAhead.before(message.id)
    const staged = await this.#images.prepare(message, signal)
    if (staged.kind === 'failed') {
      const ending = honest(imageFailed(staged.why), message.status === 'unknown')
      await outcomes.ended(message, atRest, ending)
      return 0
    }
    const leavesAt = staged.kind === 'later' ? staged.at : this.#leavesAt(waiting, head)
    const now = clock.now()
    // No wait is that long: the clock was set back since, and must not make anybody wait.
    const wasSetBack = staged.kind !== 'later' && leavesAt - now > this.#longestWaitMs()
    if (leavesAt > now && !wasSetBack)
      return Math.min(leavesAt, message.expiresAt ?? leavesAt) - now
    if (signal.aborted || staged.kind === 'later' || !this.#isOpen()) return undefined
    await this.#send(waiting, staged.content, head)
    return 0
  }

  async #headOf({ id, acceptedAt }: OutgoingMessage): Promise<Head> {
    const known = this.#heads.get(id)
    if (known !== undefined) return known
    // What came before it in the line is done.
    if (this.#flights.size === 0) this.#heads.clear()
    const { clock, database, store, policy, random } = this.#options
    this.#last ??= { send: await store.lastSend(database.query, this.#instanceId), order: 0 }
    const { send } = this.#last
    // A clock that was set back must not make anybody wait.
    const last = send && { ...send, sentAt: Math.min(send.sentAt, clock.now()) }
    const head = {
      dueAt: nextSendAt(acceptedAt, last, policy, random),
      notSentInARow: 0,
      unknownSince: undefined,
      renewEncryption: false,
    }
    this.#heads.set(id, head)
    return head
  }

  #longestWaitMs(): number {
    return Math.max(longestRetryMs, this.#options.policy.maxGapMs)
  }

  /** Only what leaves for the first time owes a gap: a resend and a fallback take up what is begun. */
  #leavesAt({ message, retryAt = 0 }: Waiting, head: Head): EpochMs {
    if (message.status === 'unknown') {
      return Math.max(retryAt, resendAt(head.unknownSince, this.#openedAt ?? 0))
    }
    return isFirstSend(message) ? Math.max(retryAt, head.dueAt) : retryAt
  }

  async #send(waiting: Waiting, content: PreparedContent, head: Head): Promise<void> {
    const { clock, database, store } = this.#options
    const { message } = waiting
    const now = clock.now()
    const sends = begun(waiting.sends, message.whatsappId, now)
    // On its way while the engine finds out what it needs.
    const claim = store.claim(database.query, message.id, now, sends)
    let leaves: (() => void) | undefined
    const left = new Promise<void>((resolve) => {
      leaves = resolve
    })
    const called = this.#callEngine({
      ...this.#toEngine(message, content, head),
      claimed: mustHold(claim),
      mayStillLeave: () => {
        const may = !isExpired(message, clock.now())
        if (may) leaves?.()
        return may
      },
    })
    let isClaimed = false
    try {
      isClaimed = await claim
    } finally {
      // The next step may begin with the same message.
      if (!isClaimed) await called
    }
    if (!isClaimed) return
    const mayHaveArrived = message.status === 'unknown'
    const claimed = { ...message, attempts: message.attempts + 1 }
    this.#claims += 1
    const order = this.#claims
    const over = called.then((result) =>
      this.#landed(result, { claimed, mayHaveArrived, head, sends, order }),
    )
    this.#flights.set(message.id, { message, over })
    await (isPlain(message, this.#options.policy) ? Promise.race([left, over]) : over)
    await this.#writeOutcomes()
  }

  #toEngine(message: OutgoingMessage, content: PreparedContent, head: Head) {
    const { whatsappId, recipient, status, typingMs } = message
    return {
      whatsappId,
      recipient,
      content,
      typingMs: isFirstSend(message) ? typingMs : 0,
      renewEncryption:
        status === 'unknown' ||
        head.renewEncryption ||
        this.#renewFor.has(JSON.stringify(recipient)),
      resendUntil: resendUntil(message),
    }
  }

  #landed(
    result: SendResult,
    flight: {
      readonly claimed: OutgoingMessage
      readonly mayHaveArrived: boolean
      readonly head: Head
      readonly sends: readonly Send[]
      readonly order: number
    },
  ): void {
    const { clock, random } = this.#options
    const { claimed, mayHaveArrived, head, sends, order } = flight
    head.notSentInARow = result.kind === 'not-sent' && this.#isOpen() ? head.notSentInARow + 1 : 0
    const attempt = { message: claimed, mayHaveArrived, notSentInARow: head.notSentInARow }
    this.#outcomes.push({
      message: claimed,
      order,
      mayHaveArrived,
      after: afterSend(result, attempt, random),
      attempt: {
        writtenAt: wasWritten(result) ? clock.now() : undefined,
        sends: ended(sends, result, clock.now()),
      },
    })
    this.#tell(claimed, result)
    this.#loop.wake()
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

  async #writeOutcomes(): Promise<void> {
    for (;;) {
      const [outcome] = this.#outcomes
      if (outcome === undefined) return
      await this.#write(outcome)
      this.#outcomes.shift()
      this.#flights.delete(outcome.message.id)
      this.#remember(outcome)
    }
  }

  #remember({ message, after, attempt, order }: Outcome): void {
    if (after.kind === 'sent') this.#renewFor.delete(JSON.stringify(message.recipient))
    if (after.kind === 'sent' || after.kind === 'ended') this.#heads.delete(message.id)
    if (attempt.writtenAt === undefined || order < (this.#last?.order ?? 0)) return
    this.#last = { send: { sentAt: attempt.writtenAt, gapAfterMs: message.gapAfterMs }, order }
  }

  /** May run again after it threw. */
  async #write({ message, mayHaveArrived, after, attempt }: Outcome): Promise<void> {
    const { clock, database, store, outcomes, onPutBack } = this.#options
    const head = this.#heads.get(message.id)
    switch (after.kind) {
      case 'sent':
        return database.transaction(async (transaction) => {
          const news = { status: 'sent', at: after.at, chat: after.chat } as const
          if (!(await outcomes.sent(message, inTheAir, news, transaction)))
            return store.nameChat(transaction.query, message.id, after.chat)
          await outcomes.tellStatusSent(message, after.at, transaction)
        })
      case 'ended':
        return outcomes.ended(message, inTheAir, after.ending, attempt)
      case 'fall-back':
        await this.#fallBack(message, after.refusalCode, attempt)
        break
      case 'unknown':
        await store.markUnknown(database.query, message.id, attempt)
        if (head) head.unknownSince = clock.now()
        break
      case 'retry':
        if (head) head.renewEncryption ||= after.renewEncryption
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

function mustHold(claim: Promise<boolean>): Promise<void> {
  const held = (async () => {
    if (!(await claim)) throw new Error('the message ended before it could be sent')
  })()
  // Whoever writes waits for it; where nobody comes to that, nobody needs it.
  held.catch(() => {})
  return held
}

function wasWritten({ kind }: SendResult): boolean {
  return kind === 'sent' || kind === 'refused' || kind === 'unknown'
}

/**
 * Sends the messages of one instance.
 *
 * Order is kept within a chat: a message that waits for its retry, its file or its recipient holds
 * up its own chat and no other (`next-message.ts` decides). A claim (`sending`, the attempt counted)
 * is committed before the engine writes, so a process that dies at any point leaves a message that
 * surely did not leave, or one that is known to be unknown.
 */

import { chatOf, conversationKey, type Recipient } from '../../domain/chat.js'
import type { EngineMessage, SendResult } from '../../domain/engine.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { PreparedFiles } from '../../domain/content/files.js'
import { filesOf } from '../../domain/content/index.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import { WorkerLoop } from '../../runtime/worker-loop.js'
import { barred, fileFailed, honest } from './ending.js'
import { isExpired, resendUntil } from './expiry.js'
import { FileStage, type FileStageOptions } from './file-stage.js'
import { Flight } from './flight.js'
import { maskedContent, mayHoldCode } from '../history/masking.js'
import { LookAhead, type PreparingSession } from './look-ahead.js'
import type { QueuedMessage } from '../message-row.js'
import { type Next, nextMessage, type QueueState, type WaitingChat } from './next-message.js'
import { expiryOf } from '../outcomes.js'
import type { OutboxMetrics } from '../history/outbox-metrics.js'
import { atRest, inTheAir, notGone } from '../history/message-statuses.js'
import type { Waiting } from '../queue-rows.js'
import { Pace, type PaceOptions } from './pace.js'
import type { Restrictions } from '../limits/restrictions.js'
import { begun, ended } from './send-log.js'
import { type SendOutcome, SendOutcomes, type SendOutcomesOptions } from './send-outcomes.js'
import { afterSend } from './send-retry.js'
import { type KnownChat, WaitingChats } from './waiting-chats.js'

export interface SessionPort extends PreparingSession {
  isOpen(instanceId: InstanceId): boolean
  send(instanceId: InstanceId, message: EngineMessage): Promise<SendResult>
}

export interface InstanceQueueOptions extends FileStageOptions, PaceOptions, SendOutcomesOptions {
  readonly session: SessionPort
  readonly metrics?: OutboxMetrics | undefined
  readonly restrictions?: Restrictions | undefined
}

/** More than any wait of `send-retry.ts` and any gap that a caller may ask for. */
const longestRetryMs = 60_000
/** So long a message that looks up its recipient is not overtaken. One with a file is known to take longer. */
const patienceMs = 500

interface ChatInQueue extends WaitingChat {
  readonly chat: KnownChat
}

const noFiles: PreparedFiles = new Map()

export class InstanceQueue {
  readonly #instanceId: InstanceId
  readonly #options: InstanceQueueOptions
  readonly #loop: WorkerLoop
  readonly #chats: WaitingChats
  readonly #pace: Pace
  readonly #files: FileStage
  readonly #lookAhead: LookAhead
  readonly #outcomes: SendOutcomes
  readonly #flights = new Map<Flight, KnownChat>()
  /** Chats whose ratchets may be behind: a dead process was sending to them. */
  readonly #renewFor = new Set<string>()
  #openedAt: EpochMs | undefined
  /** Why a claim failed. Whether it was stored is not known. */
  #claimFailure: { readonly message: QueuedMessage; readonly cause: unknown } | undefined
  #claimsFail = false
  #isStopping = false

  constructor(instanceId: InstanceId, options: InstanceQueueOptions) {
    const { clock, log, random } = options
    this.#instanceId = instanceId
    this.#options = options
    this.#chats = new WaitingChats(instanceId, options)
    this.#pace = new Pace(instanceId, options)
    this.#files = new FileStage(options)
    this.#lookAhead = new LookAhead(instanceId, options)
    this.#outcomes = new SendOutcomes(options, () => this.#isOpen())
    const step = (signal: AbortSignal) => this.#step(signal)
    this.#loop = new WorkerLoop({ name: 'queue', clock, log, random, step })
  }

  start(): void {
    this.#loop.start()
  }

  /** A message waits at this place in the order of acceptance. */
  accepted(place: number): void {
    this.#chats.accepted(place)
    this.#loop.wake()
  }

  /** The message does not wait any more. */
  done({ place }: { readonly place: number }): void {
    this.#files.forget(place)
    this.#chats.done(place)
    this.#loop.wake()
  }

  /** What waits may have changed in a way that nobody can tell. */
  lookAgain(): void {
    this.#chats.lookAgain()
    this.#loop.wake()
  }

  /** The session is open anew. What is unknown need not wait for a late ack any more. */
  sessionOpened(): void {
    this.#openedAt = this.#options.clock.now()
    this.#loop.wake()
  }

  /** The next message to this recipient builds new Signal sessions. */
  renewFor(recipient: Recipient): void {
    this.#renewFor.add(chatOfRecipient(recipient))
  }

  /** Waits for the sends that may be on the wire, with their outcomes written down, and begins no other. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#files.stop()
    await this.#loop.stop()
    const flights = [...this.#flights.keys()]
    for (const flight of flights) flight.refuse()
    // What never had its turn surely did not leave, and its row says so.
    await Promise.all(flights.flatMap(({ claim, over }) => (claim === undefined ? [] : [over])))
    try {
      await this.#outcomes.write((outcome) => this.#written(outcome))
    } catch (cause) {
      // The next process takes them for unknown.
      const fields = { state: 'queue', cause, attempts: 1, retryInMs: 0 }
      this.#options.log.error('worker-failed', fields)
    } finally {
      this.#files.close()
    }
  }

  async #step(signal: AbortSignal): Promise<number | undefined> {
    await this.#outcomes.write((outcome) => this.#written(outcome))
    if (signal.aborted) return undefined
    await this.#judgeFailedClaim()
    await this.#chats.refresh()
    // What expires meanwhile is ended by the watch for expiry; the next opening wakes this queue.
    if (!this.#isOpen()) return undefined
    await this.#pace.load()
    const more = await this.#learn()
    if (signal.aborted) return undefined

    const next = this.#next()
    if (next.kind === 'message') {
      await this.#proceed(next.chat.chat)
      return 0
    }
    const until = Math.min(next.until ?? Infinity, more)
    return until === Infinity ? undefined : Math.max(0, until - this.#options.clock.now())
  }

  /** Reads of more chats where too few can go, and gets ready what is next. Gives when there is more to learn. */
  async #learn(): Promise<EpochMs> {
    const wanted = Math.max(1, this.#lookAhead.limit)
    let upcoming = this.#upcoming()
    if (this.#chats.mayHaveMore && upcoming.length < wanted) {
      await this.#chats.readOn()
      upcoming = this.#upcoming()
    }
    const nextFileAt = await this.#stageFiles()
    if (this.#lookAhead.limit > 0) {
      const places = upcoming.slice(0, this.#lookAhead.limit).map(({ place }) => place)
      await this.#lookAhead.look(places, () => this.#loop.wake())
    }
    return this.#chats.mayHaveMore && upcoming.length < wanted ? 0 : nextFileAt
  }

  /** The chats whose first message waits for nothing but its recipient and its turn, in their order. */
  #upcoming(): readonly KnownChat[] {
    const now = this.#options.clock.now()
    return [...this.#chats]
      .filter((chat) => chat.flight === undefined && !chat.isStale && !this.#awaitsFile(chat))
      .filter((chat) => this.#notBefore(chat) <= now)
      .toSorted(byPlace)
  }

  #notBefore(chat: KnownChat): EpochMs {
    return chat.notBefore(this.#openedAt ?? 0)
  }

  /**
   * Gets files ready while their messages wait, and ends those whose file cannot be had. Gives when
   * there is one more to get.
   */
  async #stageFiles(): Promise<EpochMs> {
    const now = this.#options.clock.now()
    const chats = [...this.#chats].filter(
      ({ hasFile, flight, isStale }) => hasFile === true && flight === undefined && !isStale,
    )
    let next = Infinity
    for (const chat of chats.toSorted(byPlace)) {
      const file = this.#files.of(chat.place)
      if (file.kind === 'ready' || file.kind === 'in-work') continue
      const from = Math.max(this.#notBefore(chat), file.kind === 'later' ? file.at : 0)
      if (file.kind === 'failed') await this.#endFor(chat, file.why)
      else if (from > now) next = Math.min(next, from)
      else if (this.#files.hasRoom) await this.#stageFile(chat)
    }
    return next
  }

  async #stageFile(chat: KnownChat): Promise<void> {
    const waiting = await this.#load(chat)
    if (waiting !== undefined && chat.hasFile === true)
      void this.#files.begin(waiting.message).then(() => this.#loop.wake())
  }

  async #endFor(chat: KnownChat, why: string): Promise<void> {
    const waiting = await this.#load(chat)
    if (waiting === undefined) return
    const ending = honest(fileFailed(why), waiting.message.status === 'unknown')
    await this.#options.outcomes.ended(waiting.message, atRest, ending)
  }

  /** The first message of the chat with what its row says; `undefined` if it is done. */
  async #load(chat: KnownChat): Promise<Waiting | undefined> {
    const { database, store } = this.#options
    const waiting = await store.queue.waitingAt(database.query, chat.place)
    if (waiting !== undefined) chat.learn(waiting)
    else {
      // Another process ended it. The next step finds the message behind it.
      this.#chats.lost(chat)
      this.#loop.wake()
    }
    return waiting
  }

  #next(): Next<ChatInQueue> {
    // The next opening wakes this queue.
    if (this.#isStopping || !this.#isOpen()) return { kind: 'wait' }
    return nextMessage(this.#inQueue(), this.#state())
  }

  *#inQueue(): Generator<ChatInQueue> {
    for (const chat of this.#chats) {
      const { flight, place } = chat
      yield {
        chat,
        place,
        isBusy:
          flight === undefined
            ? chat.isStale || this.#awaitsFile(chat) || this.#lookAhead.isPreparing(place)
            : flight.state !== 'prepared',
        isPrepared: flight?.state === 'prepared',
        notBefore: flight === undefined ? this.#notBefore(chat) : 0,
        owesGap: this.#pace.owesGap(place),
      }
    }
  }

  #awaitsFile({ place, hasFile }: KnownChat): boolean {
    return hasFile === true && this.#files.of(place).kind !== 'ready'
  }

  #state(): QueueState {
    const { clock, policy } = this.#options
    const flights = [...this.#flights.keys()]
    const beginnings = flights
      .filter(({ state, hasFile }) => state === 'preparing' && !hasFile)
      .map(({ beganAt }) => beganAt + patienceMs)
    const count = (...states: readonly Flight['state'][]) =>
      flights.filter(({ state }) => states.includes(state)).length
    return {
      now: clock.now(),
      gapOverAt: this.#pace.gapOverAt,
      isOneLeaving: count('leaving') > 0,
      unacknowledged: count('left'),
      preparing: count('preparing', 'prepared'),
      beginNotBefore: Math.max(0, ...beginnings),
      longestWaitMs: Math.max(longestRetryMs, policy.maxGapMs),
    }
  }

  async #proceed(chat: KnownChat): Promise<void> {
    if (chat.flight === undefined) await this.#begin(chat)
    else this.#giveTurn(chat.flight)
    if (!this.#claimsFail) return
    // While claims fail, each is waited for, so that the loop waits longer and longer between them.
    await chat.flight?.over
    await this.#judgeFailedClaim()
  }

  async #begin(chat: KnownChat): Promise<void> {
    const { clock, outcomes, restrictions } = this.#options
    const waiting = await this.#load(chat)
    if (waiting === undefined) return
    const { message } = waiting
    if (message.status === 'sending') return this.#putBackClaimed(message)
    if (isExpired(message, clock.now())) return outcomes.ended(message, atRest, expiryOf(message))
    // One that may have arrived is no new conversation any more.
    const barredUntil = message.status === 'queued' ? await restrictions?.bars(message) : undefined
    if (barredUntil !== undefined) return outcomes.ended(message, notGone, barred(barredUntil))

    const files = this.#filesOf(message)
    // The row may have said that it waits for something: the next step sees that.
    const next = this.#next()
    const isNext = next.kind === 'message' && next.chat.chat === chat
    if (files !== undefined && isNext) this.#send(chat, waiting, files)
  }

  /** `undefined` while they are not ready. */
  #filesOf({ content, place }: QueuedMessage): PreparedFiles | undefined {
    if (filesOf(content).length === 0) return noFiles
    const staged = this.#files.of(place)
    return staged.kind === 'ready' ? staged.files : undefined
  }

  #send(chat: KnownChat, waiting: Waiting, files: PreparedFiles): void {
    const { clock } = this.#options
    const { message } = waiting
    const flight = new Flight(waiting, clock.now())
    chat.flight = flight
    this.#flights.set(flight, chat)
    const { whatsappId, recipient, content, status, typingMs, fallback } = message
    const sent = this.#callEngine({
      whatsappId,
      recipient,
      content,
      keepAs: maskedContent(content, mayHoldCode(fallback)),
      files,
      typingMs: isFirstSend(message) ? typingMs : 0,
      renewEncryption:
        status === 'unknown' ||
        chat.renewEncryption ||
        this.#renewFor.has(chatOfRecipient(recipient)),
      resendUntil: resendUntil(message),
      turn: () => {
        const turn = flight.prepared()
        this.#askForTurn(chat)
        return turn
      },
      mayStillLeave: () => {
        const may = !isExpired(message, clock.now())
        if (may) this.#left(flight)
        return may
      },
    })
    flight.over = sent.then((result) => this.#landed(flight, chat, result))
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

  /** At once if it is next anyway, so that its claim shares a commit with what the engine stores. */
  #askForTurn(chat: KnownChat): void {
    const next = this.#next()
    if (next.kind === 'message' && next.chat.chat === chat && chat.flight !== undefined)
      this.#giveTurn(chat.flight)
    else this.#loop.wake()
  }

  #giveTurn(flight: Flight): void {
    const { clock, database, store } = this.#options
    const { message, sends } = flight.waiting
    const now = clock.now()
    const log = begun(sends, message.whatsappId, now)
    const claim = store.status.claim(database.query, message.id, now, log)
    claim.catch((cause: unknown) => {
      this.#claimFailure = { message, cause }
      this.#claimsFail = true
      this.#loop.wake()
    })
    flight.leave(claim, now)
  }

  #left(flight: Flight): void {
    const { message } = flight.waiting
    flight.state = 'left'
    const { gapAfterMs, place } = message
    this.#pace.left(place, { sentAt: this.#options.clock.now(), gapAfterMs })
    this.#loop.wake()
  }

  async #landed(flight: Flight, chat: KnownChat, result: SendResult): Promise<void> {
    const { clock, random } = this.#options
    const { claim, claimedAt, waiting } = flight
    const { message } = waiting
    const isClaimed = await claim?.catch(() => false)
    if (isClaimed === false || (this.#isStopping && isClaimed === undefined)) {
      this.#flights.delete(flight)
      chat.flight = undefined
      this.#loop.wake()
      return
    }
    if (isClaimed === true) this.#claimsFail = false
    if (wasWritten(result) && flight.state !== 'left') this.#left(flight)
    chat.notSentInARow = result.kind === 'not-sent' && this.#isOpen() ? chat.notSentInARow + 1 : 0
    const attempts = message.attempts + (isClaimed === true ? 1 : 0)
    const attempt = {
      message: { ...message, attempts },
      mayHaveArrived: message.status === 'unknown',
      notSentInARow: chat.notSentInARow,
    }
    const sends = begun(waiting.sends, message.whatsappId, claimedAt ?? flight.beganAt)
    this.#outcomes.add({
      chat,
      message,
      isClaimed: isClaimed === true,
      after: afterSend(result, attempt, random),
      attempt: {
        writtenAt: wasWritten(result) ? clock.now() : undefined,
        sends: ended(sends, result, clock.now()),
      },
    })
    this.#tell({ ...message, attempts }, result)
    this.#loop.wake()
  }

  #written({ chat, message, after }: SendOutcome): void {
    if (after.kind === 'sent') this.#renewFor.delete(chatOfRecipient(message.recipient))
    if (after.kind === 'retry' || after.kind === 'unknown') this.#files.keep(message.place)
    if (chat.flight !== undefined) this.#flights.delete(chat.flight)
    chat.flight = undefined
  }

  /** Nothing was written, but whether the claim is stored is not on record. */
  async #judgeFailedClaim(): Promise<void> {
    const failure = this.#claimFailure
    if (failure === undefined) return
    await this.#putBackClaimed(failure.message)
    this.#claimFailure = undefined
    // The loop waits before it tries again.
    throw failure.cause
  }

  async #putBackClaimed({ id, attempts }: QueuedMessage): Promise<void> {
    const { database, store } = this.#options
    const to = { status: 'unknown', attempts, retryAt: undefined } as const
    await store.status.putBack(database.query, id, inTheAir, to)
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

function byPlace(one: KnownChat, other: KnownChat): number {
  return one.place - other.place
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

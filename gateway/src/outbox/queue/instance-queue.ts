/**
 * The queue of one instance: gets files and recipients ready ahead, and begins the next message.
 *
 * Order is kept within a chat: a message that waits for its retry, its file or its recipient holds
 * up its own chat and no other (`next-message.ts` decides). `send-attempts.ts` sends it.
 */

import type { Recipient } from '../../domain/chat.js'
import type { PreparedFiles } from '../../domain/content/files.js'
import { filesOf } from '../../domain/content/index.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import { WorkerLoop } from '../../runtime/worker-loop.js'
import { atRest, inTheAir, notGone } from '../history/message-statuses.js'
import type { Restrictions } from '../limits/restrictions.js'
import type { SendingHolds } from '../limits/sending-holds.js'
import type { QueuedMessage } from '../message-row.js'
import type { QueuePlace } from '../outbox-store.js'
import { expiryOf } from '../outcomes.js'
import { CurrentHolds } from './current-holds.js'
import { barred, fileFailed, honest } from './ending.js'
import { isExpired } from './expiry.js'
import { FileStage, type FileStageOptions } from './file-stage.js'
import { LookAhead, type LookingSession } from './look-ahead.js'
import type { MembersPort } from './moves.js'
import { type Next, nextMessage, type QueueState, type WaitingChat } from './next-message.js'
import { Pace, type PaceOptions } from './pace.js'
import { SendAttempts, type SendAttemptsOptions, type SendingSession } from './send-attempts.js'
import { type KnownChat, WaitingChats } from './waiting-chats.js'

export interface SessionPort extends SendingSession, LookingSession {}

export interface InstanceQueueOptions extends FileStageOptions, PaceOptions, SendAttemptsOptions {
  readonly session: SessionPort
  readonly restrictions: Restrictions
  readonly holds: Pick<SendingHolds, 'ofQueue' | 'of' | 'count'>
  readonly members: Pick<MembersPort, 'held'>
}

/** More than any wait of `send-retry.ts` and any gap that a caller may ask for. */
const longestRetryMs = 60_000

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
  readonly #attempts: SendAttempts
  readonly #holds: CurrentHolds
  #openedAt: EpochMs | undefined
  #isStopping = false

  constructor(instanceId: InstanceId, options: InstanceQueueOptions) {
    const { clock, log, random } = options
    this.#instanceId = instanceId
    this.#options = options
    this.#chats = new WaitingChats(instanceId, options)
    this.#pace = new Pace(instanceId, options)
    this.#files = new FileStage(options)
    this.#lookAhead = new LookAhead(instanceId, { ...options, policy: () => this.#pace.policy })
    this.#holds = new CurrentHolds(instanceId, options)
    this.#attempts = new SendAttempts(instanceId, options, {
      isOpen: () => this.#isOpen(),
      isNext: (chat) => this.#isNext(chat),
      held: (chat) => {
        chat.isAdmitted = false
        this.#holds.forget()
      },
      left: (message) => {
        this.#holds.forget()
        this.#pace.left(message, { sentAt: clock.now(), gapAfterMs: message.gapAfterMs })
      },
      goesAgain: ({ place }) => this.#files.keep(place),
      wake: () => this.#loop.wake(),
    })
    const step = (signal: AbortSignal) => this.#step(signal)
    this.#loop = new WorkerLoop({ name: 'queue', clock, log, random, step })
  }

  /** When the gap after the last send is over; in the past for "now". */
  get gapOverAt(): EpochMs {
    return this.#pace.gapOverAt
  }

  start(): void {
    this.#loop.start()
  }

  /** A message waits at this place in the order of acceptance. */
  accepted(place: QueuePlace): void {
    this.#chats.accepted(place)
    this.#loop.wake()
  }

  /** The message does not wait any more. */
  done({ place }: { readonly place: number }): void {
    this.#files.forget(place)
    this.#chats.done(place)
    this.#loop.wake()
  }

  /** The queue may have changed without a signal. */
  lookAgain(): void {
    this.#holds.forget()
    this.#chats.lookAgain()
    this.#loop.wake()
  }

  /** The session was opened again, so a late ack of an unknown message cannot come any more. */
  sessionOpened(): void {
    this.#openedAt = this.#options.clock.now()
    // It may have another number now.
    this.#holds.forget()
    this.#loop.wake()
  }

  /** The next message to this recipient builds new Signal sessions. */
  renewFor(recipient: Recipient): void {
    this.#attempts.renewFor(recipient)
  }

  /** Waits for the sends that may be on the wire, with their outcomes written down, and begins no other. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#files.stop()
    await this.#loop.stop()
    try {
      await this.#attempts.stop()
    } catch (cause) {
      // The next process takes them for unknown.
      const fields = { state: 'queue', cause, attempts: 1, retryInMs: 0 }
      this.#options.log.error('worker-failed', fields)
    } finally {
      this.#files.close()
    }
  }

  async #step(signal: AbortSignal): Promise<number | undefined> {
    await this.#attempts.writeOutcomes()
    if (signal.aborted) return undefined
    await this.#attempts.judgeFailedClaim()
    this.#attempts.dropUnusable()
    await this.#chats.refresh()
    // What expires meanwhile is ended by the watch for expiry; the next opening wakes this queue.
    if (!this.#isOpen()) return undefined
    await this.#pace.load()
    await this.#askHolds()
    const more = await this.#learn()
    if (signal.aborted) return undefined

    const next = this.#next()
    if (next.kind === 'message') {
      await this.#proceed(next.chat.chat)
      return 0
    }
    const until = Math.min(next.until ?? Infinity, more, this.#holds.until(this.#chats.parkedUntil))
    return until === Infinity ? undefined : Math.max(0, until - this.#options.clock.now())
  }

  async #askHolds(): Promise<void> {
    const { clock, members } = this.#options
    this.#chats.release(clock.now())
    if (!(await this.#holds.ask())) return
    // Files of what leaves tomorrow would take the room of others.
    for (const chat of this.#chats)
      if (chat.attempt === undefined && this.#holds.holds(chat)) this.#files.forget(chat.place)
    members.held(this.#instanceId)
  }

  /** Those that may go, of the first ones: where a limit concerns single people, each is asked for. */
  async #admit(upcoming: readonly KnownChat[]): Promise<readonly KnownChat[]> {
    if (!this.#holds.arePerMessage) return upcoming
    const { clock, holds, members } = this.#options
    const admitted: KnownChat[] = []
    let isOneHeld = false
    for (const chat of upcoming.slice(0, Math.max(1, this.#lookAhead.limit))) {
      const message = chat.isAdmitted ? undefined : await this.#load(chat)
      const hold = message && (await holds.of(message))
      if (hold !== undefined) {
        this.#files.forget(chat.place)
        this.#chats.park(chat, hold.until, clock.now())
      } else if (chat.isAdmitted || message !== undefined) {
        chat.isAdmitted = true
        admitted.push(chat)
      }
      isOneHeld ||= hold !== undefined
    }
    if (!isOneHeld) return admitted
    members.held(this.#instanceId)
    // Others have their turn instead.
    this.#loop.wake()
    return admitted
  }

  /** Reads of more chats where too few can go, and gets ready what is next. Gives when there is more to learn. */
  async #learn(): Promise<EpochMs> {
    let upcoming = await this.#admit(this.#upcoming())
    const unread = this.#wantedOf(upcoming)
    if (unread !== undefined) {
      await this.#chats.readOn(unread)
      upcoming = await this.#admit(this.#upcoming())
    }
    const nextFileAt = await this.#stageFiles()
    if (this.#lookAhead.limit > 0) {
      const places = upcoming.slice(0, this.#lookAhead.limit).map(({ place }) => place)
      await this.#lookAhead.look(places, () => this.#loop.wake())
    }
    return this.#wantedOf(upcoming) === undefined ? nextFileAt : 0
  }

  /** The priority of which more chats should be read: fewer than enough can go before those that are not read. */
  #wantedOf(upcoming: readonly KnownChat[]): Priority | undefined {
    let wanted = Math.max(1, this.#lookAhead.limit)
    for (const priority of this.#pace.turns) {
      if (this.#holds.isHeld(priority)) continue
      wanted -= upcoming.filter((chat) => chat.priority === priority).length
      if (wanted <= 0) return undefined
      if (this.#chats.mayHaveMore(priority)) return priority
    }
    return undefined
  }

  /** The chats whose first message waits for nothing but its recipient and its turn, in their order. */
  #upcoming(): readonly KnownChat[] {
    const now = this.#options.clock.now()
    return [...this.#chats]
      .filter((chat) => chat.attempt === undefined && !chat.isStale && !this.#awaitsFile(chat))
      .filter((chat) => !this.#holds.holds(chat))
      .filter((chat) => this.#notBefore(chat) <= now)
      .toSorted(this.#inOrder)
  }

  readonly #inOrder = (one: KnownChat, other: KnownChat): number => {
    const { turns } = this.#pace
    const turn = turns.indexOf(one.priority) - turns.indexOf(other.priority)
    return turn === 0 ? one.place - other.place : turn
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
      (chat) =>
        chat.hasFile === true &&
        chat.attempt === undefined &&
        !chat.isStale &&
        !this.#holds.holds(chat),
    )
    let next = Infinity
    for (const chat of chats.toSorted(this.#inOrder)) {
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
    const message = await this.#load(chat)
    if (message !== undefined && chat.hasFile === true)
      void this.#files.begin(message).then(() => this.#loop.wake())
  }

  async #endFor(chat: KnownChat, why: string): Promise<void> {
    const message = await this.#load(chat)
    if (message === undefined) return
    const ending = honest(fileFailed(why), message.status === 'unknown')
    await this.#options.outcomes.ended(message, atRest, ending)
  }

  /** The first message of the chat with what its row says; `undefined` if it is done. */
  async #load(chat: KnownChat): Promise<QueuedMessage | undefined> {
    const { database, store } = this.#options
    const message = await store.queue.waitingAt(database.query, this.#instanceId, chat.place)
    if (message !== undefined) chat.learn(message)
    else {
      // It has ended, or was moved, and that is not heard yet. The next step finds the message behind it.
      this.#chats.lost(chat)
      this.#loop.wake()
    }
    return message
  }

  #isNext(chat: KnownChat): boolean {
    const next = this.#next()
    return next.kind === 'message' && next.chat.chat === chat
  }

  #next(): Next<ChatInQueue> {
    // The next opening wakes this queue.
    if (this.#isStopping || !this.#isOpen()) return { kind: 'wait' }
    return nextMessage(this.#inQueue(), this.#state())
  }

  *#inQueue(): Generator<ChatInQueue> {
    for (const chat of this.#chats) {
      const { attempt, place, priority } = chat
      yield {
        chat,
        place,
        priority,
        isBusy:
          attempt === undefined
            ? chat.isStale ||
              this.#holds.holds(chat) ||
              (this.#holds.arePerMessage && !chat.isAdmitted) ||
              this.#awaitsFile(chat) ||
              this.#lookAhead.isPreparing(place)
            : attempt.state !== 'prepared' || chat.isStale,
        isPrepared: attempt?.state === 'prepared',
        notBefore: attempt === undefined ? this.#notBefore(chat) : 0,
        owesGap: this.#pace.owesGap(place),
      }
    }
  }

  #awaitsFile({ place, hasFile }: KnownChat): boolean {
    return hasFile === true && this.#files.of(place).kind !== 'ready'
  }

  #state(): QueueState {
    return {
      now: this.#options.clock.now(),
      turns: this.#pace.turns,
      gapOverAt: this.#pace.gapOverAt,
      ...this.#attempts.standing,
      longestWaitMs: Math.max(longestRetryMs, this.#pace.policy.maxGapMs),
    }
  }

  async #proceed(chat: KnownChat): Promise<void> {
    if (chat.attempt === undefined) return this.#begin(chat)
    const claimed = this.#attempts.leave(chat)
    if (!this.#attempts.claimsFail) return
    // While claims fail, each is awaited here, so that the loop waits longer and longer between them.
    await claimed
    await this.#attempts.judgeFailedClaim()
  }

  async #begin(chat: KnownChat): Promise<void> {
    const { clock, outcomes, restrictions } = this.#options
    const message = await this.#load(chat)
    if (message === undefined) return
    if (message.status === 'sending') return this.#putBackClaimed(message)
    if (isExpired(message, clock.now())) return outcomes.ended(message, atRest, expiryOf(message))
    // One that may have arrived is no new conversation any more.
    const barredUntil = message.status === 'queued' ? await restrictions.bars(message) : undefined
    if (barredUntil !== undefined) return outcomes.ended(message, notGone, barred(barredUntil))

    const files = this.#filesOf(message)
    // The row may have said that it waits for something: the next step sees that.
    if (files !== undefined && this.#isNext(chat)) this.#attempts.begin(chat, message, files)
  }

  /** `undefined` while they are not ready. */
  #filesOf({ content, place }: QueuedMessage): PreparedFiles | undefined {
    if (filesOf(content).length === 0) return noFiles
    const staged = this.#files.of(place)
    return staged.kind === 'ready' ? staged.files : undefined
  }

  async #putBackClaimed(message: QueuedMessage): Promise<void> {
    const { database, store } = this.#options
    const to = { status: 'unknown', attempts: message.attempts, retryAt: undefined } as const
    await store.status.putBack(database.query, message, inTheAir, to)
  }

  #isOpen(): boolean {
    const { clock, session } = this.#options
    const isOpen = session.isOpen(this.#instanceId)
    this.#openedAt = isOpen ? (this.#openedAt ?? clock.now()) : undefined
    return isOpen
  }
}

/**
 * What the queue of one instance knows of the chats that have messages waiting.
 *
 * The rows are the truth, and only as much of them is read as is needed: the first message of each
 * chat, by priority and in the order of acceptance, until enough chats can go. Every waiting message
 * up to `readUpTo` of its priority belongs to a chat in `#chats`, so 100,000 messages of a chat that is
 * held up are passed over once, and its next one is found by the index of its chat.
 */

import { filesOf } from '../../domain/content/index.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import { isMoreUrgent, priorities, type Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import type { Attempt } from './attempt.js'
import type { OutboxStore, QueuePlace } from '../outbox-store.js'
import type { QueuedMessage } from '../message-row.js'
import type { WaitingPlace } from '../queue-rows.js'
import { resendAt } from './send-retry.js'

/** A chat with what this process knows of its first waiting message besides the row. */
export class KnownChat {
  readonly key: string
  place: number
  priority: Priority
  hasFile: boolean | undefined
  /** Whether others wait behind the first one, as far as was read. */
  hasMore = false
  /** The first one does not wait any more, or is no longer the first: it does not leave. */
  isStale = false
  /** It still waits, and one before it does too. */
  isOvertaken = false
  attempt: Attempt | undefined
  retryAt: EpochMs = 0
  notSentInARow = 0
  renewEncryption = false
  /** No limit holds it, as far as was asked. */
  isAdmitted = false
  /** It was written and not confirmed; `since` is `undefined` if that was in an earlier process. */
  unknown: { readonly since: EpochMs | undefined } | undefined

  constructor({ chat, place, priority, hasFile }: WaitingPlace) {
    this.key = chat
    this.place = place
    this.priority = priority
    this.hasFile = hasFile
  }

  /** Another message is first now. */
  begin({ place, priority, hasFile }: Omit<WaitingPlace, 'chat'>): void {
    this.place = place
    this.priority = priority
    this.hasFile = hasFile
    this.isStale = false
    this.isOvertaken = false
    this.retryAt = 0
    this.notSentInARow = 0
    this.renewEncryption = false
    this.isAdmitted = false
    this.unknown = undefined
  }

  /** Another message of the chat waits with this priority. The ones before it are as urgent. */
  raise(priority: Priority): void {
    if (isMoreUrgent(priority, this.priority)) this.priority = priority
  }

  /** What its row says. */
  learn({ content, status, retryAt = 0 }: QueuedMessage): void {
    this.hasFile = filesOf(content).length > 0
    this.retryAt = Math.max(this.retryAt, retryAt)
    if (status === 'unknown') this.unknown ??= { since: undefined }
  }

  /** A repetition comes no earlier. `openedAt` is when the session was opened that is open now. */
  notBefore(openedAt: EpochMs): EpochMs {
    if (this.unknown === undefined) return this.retryAt
    return Math.max(this.retryAt, resendAt(this.unknown.since, openedAt))
  }
}

export interface WaitingChatsOptions {
  readonly database: Database
  readonly store: OutboxStore
}

const readAtOnce = 200
/** Each new chat among them is asked for by itself. */
const readAheadAtOnce = 20

/** What was read of the messages of one priority. */
class Reading {
  readUpTo = 0
  /** Nothing waited behind `readUpTo` at the last look. */
  isAtEnd = false
  /** The lowest place that was accepted while rows were being read. */
  #acceptedMeanwhile = Infinity

  accepted(from: number): void {
    this.#acceptedMeanwhile = Math.min(this.#acceptedMeanwhile, from)
    this.readUpTo = Math.min(this.readUpTo, from - 1)
    this.isAtEnd = false
  }

  begins(): void {
    this.#acceptedMeanwhile = Infinity
  }

  /** `last`: the last place that was read. */
  ends(last: number, wereAll: boolean): void {
    this.isAtEnd = wereAll && this.#acceptedMeanwhile === Infinity
    this.readUpTo = Math.min(last, this.#acceptedMeanwhile - 1)
  }
}

/** Chats whose first message has to wait for another day. They are not looked at until then. */
class Parked {
  readonly chats = new Map<string, KnownChat>()
  /** None is let go before the first of them may go. */
  until: EpochMs = Infinity
  #at: EpochMs = -Infinity

  add(chat: KnownChat, until: EpochMs, now: EpochMs): void {
    this.chats.set(chat.key, chat)
    this.until = Math.min(this.until, until)
    this.#at = now
  }

  /** If the clock was set back, the moments mean nothing. */
  isOver(now: EpochMs): boolean {
    return this.chats.size > 0 && (now >= this.until || now < this.#at)
  }

  clear(): void {
    this.chats.clear()
    this.until = Infinity
  }
}

export class WaitingChats {
  readonly #instanceId: InstanceId
  readonly #options: WaitingChatsOptions
  readonly #chats = new Map<string, KnownChat>()
  /** By the place of their first waiting message. */
  readonly #byPlace = new Map<number, KnownChat>()
  readonly #stale = new Set<KnownChat>()
  readonly #parked = new Parked()
  readonly #readings: Readonly<Record<Priority, Reading>> = {
    high: new Reading(),
    normal: new Reading(),
    low: new Reading(),
  }

  constructor(instanceId: InstanceId, options: WaitingChatsOptions) {
    this.#instanceId = instanceId
    this.#options = options
  }

  [Symbol.iterator](): Iterator<KnownChat> {
    return this.#chats.values()
  }

  /** Whether there may be waiting messages of this priority whose chats are not known yet. */
  mayHaveMore(priority: Priority): boolean {
    return !this.#readings[priority].isAtEnd
  }

  /**
   * A message waits at this place. It may be before one that is known: a pool moves messages, and
   * PostgreSQL may show a higher place before a lower one.
   */
  accepted({ priority, from, place, chat }: QueuePlace): void {
    this.#readings[priority].accepted(from)
    const known = chat === null ? undefined : this.#known(chat)
    if (known !== undefined && place < known.place) this.#overtake(known)
  }

  /** The message at this place does not wait any more. */
  done(place: number): void {
    const known = this.#byPlace.get(place)
    if (known?.place === place) this.lost(known)
  }

  /** Its first message was not found. */
  lost(chat: KnownChat): void {
    chat.isStale = true
    chat.isOvertaken = false
    this.#stale.add(chat)
  }

  /** Its first message has to wait until this moment. */
  park(chat: KnownChat, until: EpochMs, now: EpochMs): void {
    this.#chats.delete(chat.key)
    this.#parked.add(chat, until, now)
  }

  /** When chats that are parked may go; Infinity if there are none. */
  get parkedUntil(): EpochMs {
    return this.#parked.until
  }

  /** Forgets the chats that are parked if one of them may go now: they are read again. */
  release(now: EpochMs): void {
    if (this.#parked.isOver(now)) this.#unpark()
  }

  /** Rows may have come without a signal, and limits may have changed. */
  lookAgain(): void {
    this.#unpark()
    for (const priority of priorities) this.#readings[priority].accepted(1)
  }

  /** Finds the first messages of the chats whose first one is done. */
  async refresh(): Promise<void> {
    for (const chat of this.#stale) {
      if (chat.attempt !== undefined) continue
      this.#stale.delete(chat)
      await this.#findFirst(chat)
    }
  }

  /** Reads on in messages of this priority in the order of acceptance, a bounded number of rows. */
  async readOn(priority: Priority): Promise<void> {
    const { database, store } = this.#options
    const reading = this.#readings[priority]
    const after = reading.readUpTo
    const isAhead = this.#isAhead(priority)
    const limit = isAhead ? readAheadAtOnce : readAtOnce
    reading.begins()
    const which = { priority, after, limit }
    const rows = await store.queue.waitingFrom(database.query, this.#instanceId, which)
    for (const row of rows) {
      if (isAhead && this.#known(row.chat) === undefined) await this.#seeFirstOf(row)
      else this.#see(row)
    }
    reading.ends(rows.at(-1)?.place ?? after, rows.length < limit)
  }

  /** Whether a chat whose message is read may have a more urgent one before it that is not. */
  #isAhead(priority: Priority): boolean {
    return priorities.some((each) => isMoreUrgent(each, priority) && this.mayHaveMore(each))
  }

  async #seeFirstOf({ chat }: WaitingPlace): Promise<void> {
    for (const row of await this.#firstOf(chat)) this.#see(row)
  }

  #firstOf(chat: string): Promise<readonly WaitingPlace[]> {
    const { database, store } = this.#options
    return store.queue.firstInChat(database.query, this.#instanceId, chat)
  }

  async #findFirst(chat: KnownChat): Promise<void> {
    const [first, second] = chat.hasMore ? await this.#firstOf(chat.key) : []
    if (first === undefined) {
      this.#chats.delete(chat.key)
      this.#parked.chats.delete(chat.key)
      this.#byPlace.delete(chat.place)
      return
    }
    if (chat.isOvertaken && first.place === chat.place) chat.isStale = chat.isOvertaken = false
    else this.#begin(chat, first)
    // One may have come before it while it was read.
    chat.hasMore = second !== undefined || this.#stale.has(chat)
    if (second !== undefined) chat.raise(second.priority)
  }

  #known(key: string): KnownChat | undefined {
    return this.#chats.get(key) ?? this.#parked.chats.get(key)
  }

  #unpark(): void {
    for (const chat of this.#parked.chats.values()) {
      this.#byPlace.delete(chat.place)
      this.#stale.delete(chat)
    }
    const { size } = this.#parked.chats
    this.#parked.clear()
    if (size > 0) for (const priority of priorities) this.#readings[priority].accepted(1)
  }

  #see(row: WaitingPlace): void {
    const chat = this.#known(row.chat)
    if (chat === undefined) {
      const added = new KnownChat(row)
      this.#chats.set(row.chat, added)
      this.#byPlace.set(row.place, added)
      return
    }
    if (isMoreUrgent(row.priority, chat.priority)) this.#takeUp(chat)
    chat.raise(row.priority)
    if (row.place === chat.place) return
    chat.hasMore = true
    if (row.place >= chat.place) return
    // One that is in the air is not called back.
    if (chat.attempt !== undefined) return this.#overtake(chat)
    const { priority } = chat
    this.#begin(chat, row)
    chat.raise(priority)
  }

  /** What held its first message may not concern it any more. */
  #takeUp(chat: KnownChat): void {
    this.#parked.chats.delete(chat.key)
    this.#chats.set(chat.key, chat)
  }

  #overtake(chat: KnownChat): void {
    this.#takeUp(chat)
    chat.hasMore = true
    this.#stale.add(chat)
    if (chat.isStale) return
    chat.isStale = true
    chat.isOvertaken = true
  }

  #begin(chat: KnownChat, first: WaitingPlace): void {
    this.#takeUp(chat)
    this.#byPlace.delete(chat.place)
    chat.begin(first)
    this.#byPlace.set(chat.place, chat)
  }
}

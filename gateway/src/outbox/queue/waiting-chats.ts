/**
 * What the queue of one instance knows of the chats that have messages waiting.
 *
 * The rows are the truth, and only as much of them is read as is needed: the first message of each
 * chat, in the order of acceptance, until enough chats can go. Every waiting message up to
 * `#readUpTo` belongs to a chat in `#chats`, so 100,000 messages of a chat that is held up are
 * passed over once, and its next one is found by the index of its chat.
 */

import { filesOf } from '../../domain/content/index.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import type { Attempt } from './attempt.js'
import type { OutboxStore } from '../outbox-store.js'
import type { QueuedMessage } from '../message-row.js'
import type { WaitingPlace } from '../queue-rows.js'
import { resendAt } from './send-retry.js'

/** A chat with what this process knows of its first waiting message besides the row. */
export class KnownChat {
  readonly key: string
  place: number
  hasFile: boolean | undefined
  /** Whether others wait behind the first one, as far as was read. */
  hasMore = false
  /** The first one does not wait any more. */
  isStale = false
  attempt: Attempt | undefined
  retryAt: EpochMs = 0
  notSentInARow = 0
  renewEncryption = false
  /** It was written and not confirmed; `since` is `undefined` if that was in an earlier process. */
  unknown: { readonly since: EpochMs | undefined } | undefined

  constructor({ chat, place, hasFile }: WaitingPlace) {
    this.key = chat
    this.place = place
    this.hasFile = hasFile
  }

  /** Another message is first now. */
  begin({ place, hasFile }: Pick<WaitingPlace, 'place' | 'hasFile'>): void {
    this.place = place
    this.hasFile = hasFile
    this.isStale = false
    this.retryAt = 0
    this.notSentInARow = 0
    this.renewEncryption = false
    this.unknown = undefined
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

export class WaitingChats {
  readonly #instanceId: InstanceId
  readonly #options: WaitingChatsOptions
  readonly #chats = new Map<string, KnownChat>()
  /** By the place of their first waiting message. */
  readonly #byPlace = new Map<number, KnownChat>()
  readonly #stale = new Set<KnownChat>()
  #readUpTo = 0
  /** Nothing waited behind `#readUpTo` at the last look. */
  #isAtEnd = false
  /** The lowest place that was accepted while rows were being read. */
  #acceptedMeanwhile = Infinity

  constructor(instanceId: InstanceId, options: WaitingChatsOptions) {
    this.#instanceId = instanceId
    this.#options = options
  }

  [Symbol.iterator](): Iterator<KnownChat> {
    return this.#chats.values()
  }

  /** Whether there may be waiting messages of chats that are not known yet. */
  get mayHaveMore(): boolean {
    return !this.#isAtEnd
  }

  /** A message waits at this place. PostgreSQL may show a higher place before a lower one. */
  accepted(place: number): void {
    this.#acceptedMeanwhile = Math.min(this.#acceptedMeanwhile, place)
    this.#readUpTo = Math.min(this.#readUpTo, place - 1)
    this.#isAtEnd = false
  }

  /** The message at this place does not wait any more. */
  done(place: number): void {
    const known = this.#byPlace.get(place)
    if (known?.place === place) this.lost(known)
  }

  /** Its first message was not found. */
  lost(chat: KnownChat): void {
    chat.isStale = true
    this.#stale.add(chat)
  }

  /** Rows may have come that nobody told of. */
  lookAgain(): void {
    this.accepted(1)
  }

  /** Finds the first messages of the chats whose first one is done. */
  async refresh(): Promise<void> {
    for (const chat of this.#stale) {
      if (chat.attempt !== undefined) continue
      this.#stale.delete(chat)
      await this.#findFirst(chat)
    }
  }

  /** Reads on in the order of acceptance, a bounded number of rows. */
  async readOn(): Promise<void> {
    const { database, store } = this.#options
    const from = this.#readUpTo
    this.#acceptedMeanwhile = Infinity
    const rows = await store.queue.waitingFrom(database.query, this.#instanceId, from, readAtOnce)
    for (const row of rows) this.#see(row)
    const last = rows.at(-1)?.place ?? from
    this.#isAtEnd = rows.length < readAtOnce && this.#acceptedMeanwhile === Infinity
    this.#readUpTo = Math.min(last, this.#acceptedMeanwhile - 1)
  }

  async #findFirst(chat: KnownChat): Promise<void> {
    const { database, store } = this.#options
    const rows = chat.hasMore
      ? await store.queue.firstInChat(database.query, this.#instanceId, chat.key)
      : []
    const [first, second] = rows
    if (first === undefined) {
      this.#chats.delete(chat.key)
      this.#byPlace.delete(chat.place)
      return
    }
    this.#begin(chat, first)
    chat.hasMore = second !== undefined
  }

  #see(row: WaitingPlace): void {
    const chat = this.#chats.get(row.chat)
    if (chat === undefined) {
      const added = new KnownChat(row)
      this.#chats.set(row.chat, added)
      this.#byPlace.set(row.place, added)
      return
    }
    if (row.place === chat.place) return
    chat.hasMore = true
    // It was committed late. One that is in the air is not called back for it.
    if (row.place < chat.place && chat.attempt === undefined) this.#begin(chat, row)
  }

  #begin(chat: KnownChat, first: WaitingPlace): void {
    this.#byPlace.delete(chat.place)
    chat.begin(first)
    this.#byPlace.set(chat.place, chat)
  }
}

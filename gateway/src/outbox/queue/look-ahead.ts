/**
 * Has the session prepare the sends that are next in a queue, many at once.
 *
 * A person whom the instance never wrote to costs several round trips, and a queue that makes
 * them one message at a time spends its day waiting. A queue that keeps gaps between its
 * messages has that time anyway, so nothing is asked ahead there.
 */

import type { Database } from '../../db/database.js'
import type { Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Clock } from '../../runtime/clock.js'
import type { OutboxStore } from '../outbox-store.js'
import type { PacingPolicy } from './pacing.js'

export interface LookingSession {
  /** Learns what preparing messages to these will need. Never throws. */
  lookAhead(instanceId: InstanceId, recipients: readonly Recipient[]): Promise<void>
}

export interface LookAheadOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly clock: Clock
  readonly session: LookingSession
  /** The gap of the instance now. */
  readonly policy: () => PacingPolicy
}

/** A message that is first sent soon, at its place in the order of acceptance. */
export interface Upcoming {
  readonly place: number
  readonly recipient: Recipient
}

/** Keys that are fetched and then not used are lost to their owner, so never for more than this. */
const farthest = 100
const aheadMs = 5_000
/** Below this a queue is so slow that a round trip a message does not matter. */
const worthIt = 10
/** A send does not wait longer for what it can ask for itself. */
const patienceMs = 2_000

/** How many messages of a queue are prepared at most: what leaves within some seconds. */
export function howFarAhead({ minGapMs, maxGapMs }: PacingPolicy): number {
  const gapMs = (minGapMs + maxGapMs) / 2
  const count = Math.min(farthest, Math.floor(aheadMs / gapMs))
  return count < worthIt ? 0 : count
}

function isPerson({ kind }: Recipient): boolean {
  return kind === 'person' || kind === 'lid'
}

/** The recipients to prepare now. None if only one waits: its own send asks as quickly. */
export function toPrepare(
  upcoming: readonly Upcoming[],
  prepared: ReadonlySet<number>,
): readonly Recipient[] {
  const recipients = new Map(
    upcoming
      .filter(({ place, recipient }) => !prepared.has(place) && isPerson(recipient))
      .map(({ recipient }) => [JSON.stringify(recipient), recipient]),
  )
  return recipients.size < 2 ? [] : [...recipients.values()]
}

export class LookAhead {
  readonly #instanceId: InstanceId
  readonly #options: LookAheadOptions
  /** Those that were upcoming at the last look, in their order. */
  #prepared: ReadonlySet<number> = new Set()
  /** Those of them that are being prepared now: the others need not wait for it. */
  #preparing: ReadonlySet<number> = new Set()
  #isRunning = false

  constructor(instanceId: InstanceId, options: LookAheadOptions) {
    this.#instanceId = instanceId
    this.#options = options
  }

  /** How many chats have to be known for it; 0 where nothing is asked ahead. */
  get limit(): number {
    return howFarAhead(this.#options.policy())
  }

  /** Whether the message at this place had better wait a moment. */
  isPreparing(place: number): boolean {
    return this.#preparing.has(place)
  }

  /**
   * Looks further if need be. `upcoming` gives the places of the next messages, in their order.
   * `onReady` is called when messages need not wait any more.
   */
  async look(upcoming: readonly number[], onReady: () => void): Promise<void> {
    if (this.#isRunning) return
    const fresh = upcoming.filter((place) => !this.#prepared.has(place))
    // The one look for many messages costs as much as one for one.
    const isFarEnough = upcoming.length - fresh.length > this.limit / 2
    if (fresh.length < 2 || (isFarEnough && fresh[0] !== upcoming[0])) return
    const { database, store } = this.#options
    const sends = await store.queue.firstSendsAt(database.query, upcoming.slice(0, this.limit))
    const recipients = toPrepare(sends, this.#prepared)
    if (recipients.length === 0) return
    const places = sends.map(({ place }) => place)
    this.#preparing = new Set(places.filter((place) => !this.#prepared.has(place)))
    this.#prepared = new Set(places)
    void this.#prepare(recipients, onReady)
  }

  async #prepare(recipients: readonly Recipient[], onReady: () => void): Promise<void> {
    const { session, clock } = this.#options
    this.#isRunning = true
    const patience = new AbortController()
    const prepared = session.lookAhead(this.#instanceId, recipients)
    await Promise.race([prepared, clock.sleep(patienceMs, patience.signal)])
    patience.abort()
    this.#preparing = new Set()
    onReady()
    await prepared
    this.#isRunning = false
  }
}

/**
 * Has the session prepare the sends that are next in a line, many at once.
 *
 * Somebody whom the instance never wrote to costs several round trips, and a line that makes
 * them one message at a time spends its day waiting. A line that keeps gaps between its
 * messages has that time anyway, so nothing is asked ahead there.
 */

import type { Database } from '../db/database.js'
import type { Recipient } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageId } from '../domain/message.js'
import type { Clock } from '../runtime/clock.js'
import type { OutboxStore } from './outbox-store.js'
import type { PacingPolicy } from './pacing.js'

export interface PreparingSession {
  /** Never throws. */
  prepare(instanceId: InstanceId, recipients: readonly Recipient[]): Promise<void>
}

export interface LookAheadOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly clock: Clock
  readonly session: PreparingSession
  readonly policy: PacingPolicy
}

/** A message that is first sent soon. */
export interface Upcoming {
  readonly id: MessageId
  readonly recipient: Recipient
}

/** Keys that are fetched and then not used are lost to their owner, so never for more than this. */
const farthest = 100
const aheadMs = 5_000
/** Below this a line is so slow that a round trip a message does not matter. */
const worthIt = 10
/** A send does not wait longer for what it can ask for itself. */
const patienceMs = 2_000

/** How many messages of a line are prepared at most: what leaves within some seconds. */
export function howFarAhead({ minGapMs, maxGapMs }: PacingPolicy): number {
  const gapMs = (minGapMs + maxGapMs) / 2
  const count = Math.min(farthest, Math.floor(aheadMs / gapMs))
  return count < worthIt ? 0 : count
}

/** Whom to prepare now: nobody when there is only one, whose own send asks as quickly. */
export function toPrepare(
  upcoming: readonly Upcoming[],
  prepared: ReadonlySet<MessageId>,
): readonly Recipient[] {
  const recipients = new Map(
    upcoming
      .filter(({ id, recipient }) => !prepared.has(id) && recipient.kind !== 'group')
      .map(({ recipient }) => [JSON.stringify(recipient), recipient]),
  )
  return recipients.size < 2 ? [] : [...recipients.values()]
}

export class LookAhead {
  readonly #instanceId: InstanceId
  readonly #options: LookAheadOptions
  readonly #limit: number
  /** Of those that were upcoming at the last look. */
  #prepared: ReadonlySet<MessageId> = new Set()
  /** Those of them that `#running` is about: the others need not wait for it. */
  #preparing: ReadonlySet<MessageId> = new Set()
  #running: Promise<void> | undefined

  constructor(instanceId: InstanceId, options: LookAheadOptions) {
    this.#instanceId = instanceId
    this.#options = options
    this.#limit = howFarAhead(options.policy)
  }

  /** Looks further if need be, and waits for what is being prepared if this message is part of it. */
  async before(id: MessageId): Promise<void> {
    if (this.#limit === 0) return
    if (this.#running === undefined) await this.#lookFurther(id)
    if (this.#running === undefined || !this.#preparing.has(id)) return
    const patience = new AbortController()
    await Promise.race([this.#running, this.#options.clock.sleep(patienceMs, patience.signal)])
    patience.abort()
  }

  async #lookFurther(id: MessageId): Promise<void> {
    const { database, store, session } = this.#options
    const places = [...this.#prepared].indexOf(id)
    // The one look for many messages costs as much as one for one.
    if (places >= 0 && this.#prepared.size - places > this.#limit / 2) return
    const upcoming = await store.upcoming(database.query, this.#instanceId, this.#limit)
    const recipients = toPrepare(upcoming, this.#prepared)
    if (recipients.length === 0) return
    const ids = upcoming.map((each) => each.id)
    this.#preparing = new Set(ids.filter((each) => !this.#prepared.has(each)))
    this.#prepared = new Set(ids)
    this.#running = session.prepare(this.#instanceId, recipients).finally(() => {
      this.#running = undefined
    })
  }
}

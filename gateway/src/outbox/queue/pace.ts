/** When the gap after the last send of one instance is over. One clock for all its chats. */

import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import type { OutboxStore } from '../outbox-store.js'
import { mostUnacknowledged } from './next-message.js'
import { type LastSend, nextSendAt, type PacingPolicy, type PacingPort } from './pacing.js'
import { afterLeaving, noneOvertaken, turnsOf } from './turns.js'

export interface PaceOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly pacing: PacingPort
  readonly random: () => number
}

export class Pace {
  readonly #instanceId: InstanceId
  readonly #options: PaceOptions
  #gapOverAt: EpochMs | undefined
  #lastPlace: number | undefined
  #overtaken = noneOvertaken
  /** What `load` read last. */
  #policy: PacingPolicy = { minGapMs: 0, maxGapMs: 0 }

  constructor(instanceId: InstanceId, options: PaceOptions) {
    this.#instanceId = instanceId
    this.#options = options
  }

  get gapOverAt(): EpochMs {
    return this.#gapOverAt ?? 0
  }

  /** The gap of the instance at the last `load`. */
  get policy(): PacingPolicy {
    return this.#policy
  }

  /** Which priority goes first. A new process begins to count again. */
  get turns(): readonly Priority[] {
    return turnsOf(this.#overtaken)
  }

  /** A repetition of the last message, and the text in its place, take up what is begun. */
  owesGap(place: number): boolean {
    return place !== this.#lastPlace
  }

  /** Reads the gap of the instance, and once how an earlier process left it. Call it before each send. */
  async load(): Promise<void> {
    const { database, store, pacing } = this.#options
    this.#policy = await pacing(this.#instanceId, database.query)
    if (this.#gapOverAt !== undefined) return
    const [last, ...earlier] = await store.queue.lastSends(
      database.query,
      this.#instanceId,
      2 * mostUnacknowledged,
    )
    let gapOverAt = this.#drawn(last)
    this.#lastPlace = last?.place
    // A row tells when the answer came: that to an earlier send may have come last.
    for (const send of earlier.filter(({ gapAfterMs }) => gapAfterMs !== undefined)) {
      const at = this.#drawn(send)
      if (at > gapOverAt) this.#lastPlace = send.place
      gapOverAt = Math.max(gapOverAt, at)
    }
    this.#gapOverAt = gapOverAt
  }

  /** This message has left. */
  left(
    { place, priority }: { readonly place: number; readonly priority: Priority },
    last: LastSend,
  ): void {
    this.#lastPlace = place
    this.#overtaken = afterLeaving(this.#overtaken, priority)
    this.#gapOverAt = this.#drawn(last)
  }

  #drawn(last: LastSend | undefined): EpochMs {
    return nextSendAt(last, this.#policy, this.#options.random)
  }
}

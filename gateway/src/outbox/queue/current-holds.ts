/** What the limits of a number say now of its queue. A claim, a new day and a change of the limits make it old. */

import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { QueueHolds, SendingHolds } from '../limits/sending-holds.js'
import type { KnownChat } from './waiting-chats.js'

export interface CurrentHoldsOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly holds: Pick<SendingHolds, 'ofQueue'>
}

/** Never longer: a computer that slept has another time. */
const longestWaitMs = 60_000

export class CurrentHolds {
  readonly #instanceId: InstanceId
  readonly #options: CurrentHoldsOptions
  /** `undefined` to ask again. */
  #known: QueueHolds | undefined

  constructor(instanceId: InstanceId, options: CurrentHoldsOptions) {
    this.#instanceId = instanceId
    this.#options = options
  }

  /** The next `ask` reads the limits again. */
  forget(): void {
    this.#known = undefined
  }

  /** Reads the limits where they are old. Gives whether it did, and anything is held now. */
  async ask(): Promise<boolean> {
    const { clock, holds } = this.#options
    const now = clock.now()
    const known = this.#known
    // A longer wait means that the clock was set back.
    if (known !== undefined && now < known.until && known.until - now <= longestWaitMs) return false
    this.#known = await holds.ofQueue(this.#instanceId)
    return this.#isAnyHeld
  }

  /** Whether a message may be held although its priority is not. */
  get arePerMessage(): boolean {
    return this.#known?.arePerMessage === true
  }

  isHeld(priority: Priority): boolean {
    return this.#known?.held[priority] !== undefined
  }

  /** A message that may have left already is never held. */
  holds({ priority, unknown }: KnownChat): boolean {
    return unknown === undefined && this.isHeld(priority)
  }

  /** When to look again; Infinity while nothing is held. `parkedUntil`: when a single message may go. */
  until(parkedUntil: EpochMs): EpochMs {
    if (!this.#isAnyHeld && parkedUntil === Infinity) return Infinity
    const latest = this.#options.clock.now() + longestWaitMs
    return Math.min(latest, parkedUntil, this.#isAnyHeld ? (this.#known?.until ?? 0) : Infinity)
  }

  get #isAnyHeld(): boolean {
    return Object.keys(this.#known?.held ?? {}).length > 0
  }
}

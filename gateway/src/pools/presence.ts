/** Whether a member can send, or will be able to in a moment. */

import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Presence } from './choose-member.js'

/** `lost`: it connects by itself. `gone`: a person has to do something first. */
export type Standing = 'open' | 'lost' | 'gone'

export interface PresencesOptions {
  readonly clock: Pick<Clock, 'now'>
  readonly standingOf: (instanceId: InstanceId) => Standing
}

/** So long a lost connection may take to come back before its messages go to another member. */
const graceMs = 2_000

export class Presences {
  readonly #options: PresencesOptions
  readonly #lostSince = new Map<InstanceId, EpochMs>()

  constructor(options: PresencesOptions) {
    this.#options = options
  }

  of(instanceId: InstanceId): Presence {
    const { clock, standingOf } = this.#options
    const standing = standingOf(instanceId)
    if (standing !== 'lost') {
      this.#lostSince.delete(instanceId)
      return standing === 'open' ? 'open' : 'away'
    }
    const now = clock.now()
    const since = this.#lostSince.get(instanceId) ?? now
    this.#lostSince.set(instanceId, since)
    return Math.abs(now - since) < graceMs ? 'coming' : 'away'
  }
}

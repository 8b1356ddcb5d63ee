/**
 * Whether a line has room for more, without counting it each time.
 *
 * Only what is accepted makes a queue longer. A process that counted once and adds what it accepts
 * itself knows how long the line is at the most, and counts again when that says it is full. Where
 * other processes accept too, it knows so for a while only.
 */

import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'

export interface QueueLengthsOptions {
  readonly clock: Pick<Clock, 'now'>
  /** For how long a count is relied on, in ms. `Infinity` where one process accepts. */
  readonly keptMs: number
}

interface KnownLine {
  countedAt: EpochMs
  /** Infinite until it is counted. */
  atMost: number
  /** Being accepted at the moment, stored or not. */
  underWay: number
}

export class QueueLengths {
  readonly #options: QueueLengthsOptions
  readonly #lines = new Map<InstanceId, KnownLine>()

  constructor(options: QueueLengthsOptions) {
    this.#options = options
  }

  /** So much is about to be accepted. Call what it gives when that is decided, either way. */
  enter(instanceId: InstanceId, amount = 1): () => void {
    const line = this.#lines.get(instanceId) ?? { countedAt: 0, atMost: Infinity, underWay: 0 }
    this.#lines.set(instanceId, line)
    line.underWay += amount
    line.atMost += amount
    return () => {
      line.underWay -= amount
    }
  }

  /**
   * After `enter`: whether the line holds at most `most` with this amount. `count` counts what is stored.
   */
  async has(
    instanceId: InstanceId,
    most: number,
    count: () => Promise<number>,
    amount = 1,
  ): Promise<boolean> {
    const { clock, keptMs } = this.#options
    const line = this.#lines.get(instanceId)
    const now = clock.now()
    // A clock that was set back makes a count look as if it were to come.
    const isKept = line !== undefined && Math.abs(now - line.countedAt) < keptMs
    if (isKept && line.atMost <= most) return true
    const stored = await count()
    // What was accepted meanwhile may be among the counted, or not yet.
    if (line !== undefined) Object.assign(line, { countedAt: now, atMost: stored + line.underWay })
    return stored + amount <= most
  }
}

/**
 * Whether a line has room for more, without counting it each time.
 *
 * Only what is accepted makes a queue longer, and one process accepts: so the process that counted once
 * knows how long it is at the most, and counts again only when that says it is full.
 */

import type { InstanceId } from '../../domain/instance.js'

interface KnownLine {
  /** Infinite until it is counted. */
  atMost: number
  /** Being accepted at the moment, stored or not. */
  underWay: number
}

export class QueueLengths {
  readonly #lines = new Map<InstanceId, KnownLine>()

  /** So much is about to be accepted. Call what it gives when that is decided, either way. */
  enter(instanceId: InstanceId, amount = 1): () => void {
    const line = this.#lines.get(instanceId) ?? { atMost: Infinity, underWay: 0 }
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
    const line = this.#lines.get(instanceId)
    if (line !== undefined && line.atMost <= most) return true
    const stored = await count()
    // What was accepted meanwhile may be among the counted, or not yet.
    if (line !== undefined) line.atMost = stored + line.underWay
    return stored + amount <= most
  }
}

/**
 * One attempt to send a message, from the moment in which the engine begins to prepare it.
 *
 * `preparing` → `prepared` (it waits for its turn) → `leaving` (it is being claimed and written) →
 * `left` (it is on the socket and waits for the server's word). It may end at any of these points.
 */

import { filesOf } from '../../domain/content/index.js'
import type { PreparedMessage } from '../../domain/sending.js'
import type { EpochMs } from '../../domain/time.js'
import type { QueuedMessage } from '../message-row.js'

export class Attempt {
  /** As it was before it was claimed. */
  readonly message: QueuedMessage
  readonly beganAt: EpochMs
  readonly hasFile: boolean
  state: 'preparing' | 'prepared' | 'leaving' | 'left' = 'preparing'
  /** From `prepared` on. */
  prepared: PreparedMessage | undefined
  claimedAt: EpochMs | undefined
  /** Whether its row is `sending`. */
  isClaimed = false
  /** Resolves when the end of what is leaving is known. Never rejects. */
  over: Promise<void> = Promise.resolve()

  constructor(message: QueuedMessage, beganAt: EpochMs) {
    this.message = message
    this.beganAt = beganAt
    this.hasFile = filesOf(message.content).length > 0
  }
}

/** The counters of the outbox. None of it names a person, a number or a text. */

import type { FailureReason } from '../../domain/gateway-event.js'
import type { MoveReason } from '../../domain/pool.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'

export interface OutboxMetrics {
  messageAccepted(): void
  /** WhatsApp has it, so long after it was accepted. */
  messageSent(afterMs: number, priority: Priority): void
  /** It went a step further, so long after the step before. */
  messageAdvanced(to: 'delivered' | 'read', afterMs: number): void
  messageEnded(reason: FailureReason): void
  /** WhatsApp refused one send of it; it may be tried again. */
  sendRefused(code: number): void
  /** It went to another member of its pool. */
  messageMoved(poolId: string, why: MoveReason): void
}

export const uncounted: OutboxMetrics = {
  messageAccepted() {},
  messageSent() {},
  messageAdvanced() {},
  messageEnded() {},
  sendRefused() {},
  messageMoved() {},
}

/** WhatsApp dates receipts in whole seconds, cut off. */
const receiptGrainMs = 999

/**
 * The moment of a receipt, to be measured with. One that is heard as it
 * happens counts by our own clock, which is finer; one that WhatsApp kept for
 * us, as it is dated.
 */
export function receiptMoment(datedAt: EpochMs, heardAt: EpochMs): EpochMs {
  return Math.min(heardAt, datedAt + receiptGrainMs)
}

/** The counters of the callbacks. None of it names an endpoint or an instance. */

export interface CallbackMetrics {
  /** One POST ended: with a 2xx, with another answer, or without one. */
  callbackAttempted(outcome: 'taken' | 'refused' | 'unanswered'): void
  /** The receiver has it, so long after it was owed. */
  callbackTaken(afterMs: number): void
  /** It failed. */
  callbackDead(): void
}

export const uncounted: CallbackMetrics = {
  callbackAttempted() {},
  callbackTaken() {},
  callbackDead() {},
}

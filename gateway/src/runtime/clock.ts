/** Time as a parameter: the real one in production, a hand-driven one in tests (`test/support/manual-clock.ts`). */

import type { EpochMs } from '../domain/time.js'

export interface Clock {
  now(): EpochMs
  /** Resolves after `ms`, or as soon as `signal` aborts, whichever is first. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** `setTimeout` takes no longer delay than this and would fire at once; no sleep here lasts 24 days. */
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    // By hand: Node's own makes two errors with their stacks for each sleep that ends early.
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const end = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.min(ms, longestTimerMs))
      signal?.addEventListener('abort', end)
    }),
}

/** Time as a parameter: the real one in production, a hand-driven one in tests (`test/support/manual-clock.ts`). */

import { setTimeout as delay } from 'node:timers/promises'
import type { EpochMs } from '../domain/time.js'

export interface Clock {
  now(): EpochMs
  /** Resolves after `ms`, or as soon as `signal` aborts, whichever is first. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** `setTimeout` takes no longer delay than this and would fire at once; nobody here sleeps for 24 days. */
const longestTimerMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    if (signal?.aborted) return
    try {
      await delay(Math.min(ms, longestTimerMs), undefined, signal ? { signal } : {})
    } catch (cause) {
      if (!signal?.aborted) throw cause
    }
  },
}

/** A clock that stands still until the test moves it. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EpochMs } from '../../src/domain/time.js'
import type { Clock } from '../../src/runtime/clock.js'

interface Sleeper {
  until: EpochMs
  wake(): void
}

interface Watcher {
  readonly count: number
  tell(): void
}

export class ManualClock implements Clock {
  #now: EpochMs
  readonly #outside: (() => Promise<void>) | undefined
  readonly #sleepers = new Set<Sleeper>()
  readonly #watchers = new Set<Watcher>()

  /** @param outside resolves when what was asked of others before (a database, say) is answered */
  constructor(now: EpochMs = Date.UTC(2026, 0, 1), outside?: () => Promise<void>) {
    this.#now = now
    this.#outside = outside
  }

  now(): EpochMs {
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper: Sleeper = { until: this.#now + Math.max(0, ms), wake }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', wake)
      this.#tellWatchers()
    })
  }

  /** How long each sleeper still has to wait, the next one first. */
  get sleepingMs(): readonly number[] {
    return [...this.#sleepers].map(({ until }) => until - this.#now).toSorted((a, b) => a - b)
  }

  /** Resolves as soon as at least `count` sleepers wait on this clock; at once if they do already. */
  sleepers(count = 1): Promise<void> {
    return new Promise((tell) => {
      const watcher = { count, tell }
      this.#watchers.add(watcher)
      this.#tellWatchers()
    })
  }

  /**
   * Moves time forward and wakes each sleeper at its time, in order, also those
   * that begin to sleep on the way. Each one runs before the next wakes: until it
   * sleeps again, or waits for something outside this process that `outside` does
   * not know (then wait for that event, not for time).
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await this.#settle()
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.until)
      next.wake()
      await this.#settle()
    }
    this.#now = end
  }

  /** Sets the clock forward or back. A sleeper sleeps as long as it meant to, as timers do. */
  jump(ms: number): void {
    this.#now += ms
    for (const sleeper of this.#sleepers) sleeper.until += ms
  }

  /** Lets code that needs nothing else run: promises, a few rounds of `setImmediate`, and what `outside` answers. */
  async #settle(): Promise<void> {
    for (let round = 0; round < (this.#outside ? 30 : 10); round += 1) {
      await nextTurn()
      await this.#outside?.()
    }
  }

  #next(end: EpochMs): Sleeper | undefined {
    let first: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (sleeper.until <= end && (first === undefined || sleeper.until < first.until)) {
        first = sleeper
      }
    }
    return first
  }

  #tellWatchers(): void {
    for (const watcher of this.#watchers) {
      if (this.#sleepers.size < watcher.count) continue
      this.#watchers.delete(watcher)
      watcher.tell()
    }
  }
}

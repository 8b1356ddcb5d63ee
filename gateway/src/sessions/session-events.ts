/**
 * Tells others what a session heard, one thing after the other. A database
 * that is away is waited for, and a listener that fails affects no other.
 */

import { StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'

export interface SessionEventsOptions {
  readonly instanceId: InstanceId
  readonly clock: Pick<Clock, 'sleep'>
  readonly log: Log
}

/** After these it is no matter of a moment. */
const tellAttempts = 5
const longestWaitMs = 2_000
/** What waits lies in memory. WhatsApp brings what is given up once more, but on the next connection only. */
const mostWaiting = 1_000

export class SessionEvents {
  readonly #options: SessionEventsOptions
  #tells: Promise<void> = Promise.resolve()
  #waiting = 0
  /** Whether the first that waits does so for a database that is away for longer. */
  #isAway = false
  /** Of those who wait until all is told. */
  readonly #leave = new Set<() => void>()
  readonly #hurry = new AbortController()

  constructor(options: SessionEventsOptions) {
    this.#options = options
  }

  /**
   * Waits as long as the database is away. Throws when it was given up: something else failed five
   * times, too many wait, or the queue is closing. Then it has been logged.
   */
  tell(act: () => Promise<void>): Promise<void> {
    this.#waiting += 1
    const told = this.#tells.then(() => this.#tellNow(act)).finally(() => (this.#waiting -= 1))
    this.#tells = told.catch(() => {})
    // Most of those who tell something do not ask how it went.
    told.catch(() => {})
    return told
  }

  /**
   * Resolves when all that was to be told until now has been told, or given up. Does not wait for a
   * database that is away for longer: the caller needs it too, and gets its error.
   */
  async settled(): Promise<void> {
    if (this.#hurry.signal.aborted) return this.#tells
    if (this.#isAway) return
    await new Promise<void>((leave) => {
      this.#leave.add(leave)
      void this.#tells.then(leave).finally(() => this.#leave.delete(leave))
    })
  }

  /** Closes the queue: what failed is tried once more, and what fails from now on is given up at once. */
  hurry(): void {
    this.#hurry.abort()
  }

  async #tellNow(act: () => Promise<void>): Promise<void> {
    const { clock, log, instanceId } = this.#options
    for (let attempts = 1; ; attempts += 1) {
      try {
        await act()
        this.#isAway = false
        return
      } catch (cause) {
        if (this.#isGivenUp(cause, attempts)) {
          log.error('session-event-lost', { instanceId, cause, attempts })
          throw cause
        }
        // An outage is a handful of lines and not thousands.
        if (attempts <= tellAttempts)
          log.warn('session-event-delayed', { instanceId, cause, attempts })
        if (attempts === tellAttempts) {
          this.#isAway = true
          for (const leave of this.#leave) leave()
        }
        await clock.sleep(Math.min(longestWaitMs, 100 * 2 ** attempts), this.#hurry.signal)
      }
    }
  }

  #isGivenUp(cause: unknown, attempts: number): boolean {
    if (this.#hurry.signal.aborted) return true
    if (attempts < tellAttempts) return false
    return !(cause instanceof StoreUnavailableError) || this.#waiting > mostWaiting
  }
}

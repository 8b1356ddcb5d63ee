/**
 * Tells others what a session heard, one thing after the other. A database
 * that is away for a moment is waited for, and a listener that fails takes
 * nobody with it.
 */

import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'

export interface TellerOptions {
  readonly instanceId: InstanceId
  readonly clock: Pick<Clock, 'sleep'>
  readonly log: Log
}

const tellAttempts = 5

export class Teller {
  readonly #options: TellerOptions
  #tells: Promise<void> = Promise.resolve()
  readonly #hurry = new AbortController()

  constructor(options: TellerOptions) {
    this.#options = options
  }

  /** Throws when it was given up. Then it has been logged, and nobody else hears of it. */
  tell(act: () => Promise<void>): Promise<void> {
    const told = this.#tells.then(() => this.#tellNow(act))
    this.#tells = told.catch(() => {})
    // Most of those who tell something do not ask how it went.
    told.catch(() => {})
    return told
  }

  /** Resolves when all that was to be told until now has been told, or given up. */
  async settled(): Promise<void> {
    await this.#tells
  }

  /** Nobody waits any more: what failed is tried once more, and what fails from now on is given up at once. */
  hurry(): void {
    this.#hurry.abort()
  }

  async #tellNow(act: () => Promise<void>): Promise<void> {
    const { clock, log, instanceId } = this.#options
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await act()
      } catch (cause) {
        if (attempts === tellAttempts || this.#hurry.signal.aborted) {
          log.error('session-event-lost', { instanceId, cause, attempts })
          throw cause
        }
        log.warn('session-event-delayed', { instanceId, cause, attempts })
        await clock.sleep(100 * 2 ** attempts, this.#hurry.signal)
      }
    }
  }
}

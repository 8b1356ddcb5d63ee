/**
 * Whether a send would be stored, for `/health/ready`: a small write is
 * committed. Reading alone would not notice a full disk or a read-only database.
 */

import type { Database } from './database.js'

export interface ReadinessOptions {
  readonly database: Database
  /** Throws what a send would hear of the disk. */
  readonly checkDisk: () => Promise<void>
  /** Milliseconds of a clock that is never set. */
  readonly passedMs?: () => number
}

/** Load balancers ask often, and so may strangers. */
const askedEveryMs = 1_000

export class Readiness {
  readonly #options: ReadinessOptions
  #answer: Promise<void> | undefined
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(options: ReadinessOptions) {
    this.#options = options
  }

  /** Rejects with what a send would meet. The answer may be a second old. */
  check(): Promise<void> {
    const { passedMs = () => performance.now() } = this.#options
    const now = passedMs()
    if (this.#answer !== undefined && now - this.#askedAt < askedEveryMs) return this.#answer
    this.#askedAt = now
    this.#answer = this.#ask()
    // A caller may be gone by then.
    this.#answer.catch(() => undefined)
    return this.#answer
  }

  async #ask(): Promise<void> {
    const { database, checkDisk } = this.#options
    await checkDisk()
    await database.transaction(async ({ query }) => {
      // Changes nothing, but has to reach the disk like any other write.
      await query.updateTable('master_key_check').set({ id: 1 }).where('id', '=', 1).execute()
    })
  }
}

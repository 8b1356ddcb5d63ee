import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Clock } from '../runtime/clock.js'
import type { Metrics } from '../runtime/metrics.js'
import type { Log } from '../runtime/telemetry.js'

/** What most modules need and none of them owns. */
export interface Base {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly metrics: Metrics
}

/** Removes what is kept no longer, and gives how much that was. Safe to repeat. */
export interface Purged {
  purge(): Promise<number>
}

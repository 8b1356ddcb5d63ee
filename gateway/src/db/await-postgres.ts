/**
 * Waits for a PostgreSQL that is not there yet: after a reboot, a crash or an
 * upgrade both start at once, and a gateway that gave up would be down for good
 * where its supervisor counts quick deaths.
 */

import type { Clock } from '../runtime/clock.js'
import { withConnection } from './one-connection.js'
import { isOutage } from './store-outage.js'

export interface AwaitPostgresOptions {
  readonly clock: Clock
  /** How long to wait at most. */
  readonly waitMs: number
  /** Called once, when the first try has failed, with the driver's own error. */
  readonly onWait: (cause: unknown) => void
}

const tryAgainMs = 250

/**
 * Resolves when the server answers, whatever it answers, and when the time is over:
 * who opens the database then says what is wrong. Never rejects.
 */
export async function awaitPostgres(url: string, options: AwaitPostgresOptions): Promise<void> {
  const { clock, waitMs, onWait } = options
  const deadline = clock.now() + waitMs
  let hasTold = false
  for (;;) {
    const cause = await refusalOf(url)
    if (!isOutage(cause) || clock.now() >= deadline) return
    if (!hasTold) onWait(cause)
    hasTold = true
    await clock.sleep(tryAgainMs)
  }
}

function refusalOf(url: string): Promise<unknown> {
  return withConnection(url, async () => undefined).catch((cause: unknown) => cause)
}

/** Somebody who opens connections and never closes them must not take the last file descriptor. */

import type { FastifyInstance } from 'fastify'
import type { Log } from '../runtime/telemetry.js'

const warningEveryMs = 60_000

/** What comes after `maxConnections` is closed at once, and told in the log once a minute. */
export function boundConnections(app: FastifyInstance, maxConnections: number, log: Log): void {
  app.server.maxConnections = maxConnections
  let lastWarnedAt = Number.NEGATIVE_INFINITY
  let refused = 0
  app.server.on('drop', () => {
    refused += 1
    if (performance.now() - lastWarnedAt < warningEveryMs) return
    lastWarnedAt = performance.now()
    log.warn('connections-refused', { count: refused })
    refused = 0
  })
}

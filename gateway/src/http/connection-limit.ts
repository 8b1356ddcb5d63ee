/** One caller who opens connections and never closes them must not take them from all others. */

import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { addressForLimits } from '../runtime/address.js'
import { createCallerRule } from '../runtime/caller-rule.js'
import type { Log } from '../runtime/telemetry.js'

export interface ConnectionLimits {
  readonly log: Log
  /** No limit unless given. */
  readonly maxConnections?: number
  /** No limit unless given. */
  readonly maxConnectionsPerAddress?: number
  /** The connections of all their callers come from them, so no limit of one address holds for them. */
  readonly trustedProxies?: readonly string[]
}

const warningEveryMs = 60_000

/** What comes after a limit is closed at once, and told in the log once a minute. */
export function boundConnections(server: Server, limits: ConnectionLimits): void {
  const { log, maxConnections, maxConnectionsPerAddress } = limits
  const refused = warner(log)
  if (maxConnections !== undefined) {
    server.maxConnections = maxConnections
    server.on('drop', () => refused('open connections'))
  }
  if (maxConnectionsPerAddress !== undefined)
    boundByAddress(server, maxConnectionsPerAddress, limits, () =>
      refused('open connections of one address'),
    )
}

function boundByAddress(
  server: Server,
  max: number,
  { trustedProxies = [] }: ConnectionLimits,
  refused: () => void,
): void {
  const isProxy = trustedProxies.length === 0 ? () => false : createCallerRule(trustedProxies)
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket
    if (isProxy(remoteAddress)) return
    const address = addressForLimits(remoteAddress)
    const count = open.get(address) ?? 0
    if (count >= max) {
      refused()
      socket.destroy()
      return
    }
    open.set(address, count + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
  })
}

function warner(log: Log): (limit: string) => void {
  let lastWarnedAt = Number.NEGATIVE_INFINITY
  let count = 0
  return (reason) => {
    count += 1
    if (performance.now() - lastWarnedAt < warningEveryMs) return
    lastWarnedAt = performance.now()
    log.warn('connections-refused', { count, reason })
    count = 0
  }
}

/**
 * Decides whether and when a connection that ended is tried again.
 *
 * Some ends are final: WhatsApp unlinked or blocked the number, or another
 * program uses its credentials, and coming back would only start a fight. All
 * others are waited out, longer with each failure, so that thousands of
 * sessions do not come back in the same second.
 */

import type { CloseReason } from '../domain/engine.js'
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.js'

/** A message may be waiting, so the first tries come soon. */
const afterNetworkLoss: BackoffPolicy = { firstMs: 1000, capMs: 60_000, jitter: 'equal' }
/** WhatsApp asked for patience. No more than a minute of it: a code that waits here lives for ten. */
const afterRefusal: BackoffPolicy = { firstMs: 2000, capMs: 60_000, jitter: 'equal' }
/** A database that is away is mostly back within a moment, and until then nothing is sent. */
const whileTrouble: BackoffPolicy = { firstMs: 500, capMs: 30_000, jitter: 'equal' }
/** WhatsApp asks for a new socket once after pairing, and people for one where something hangs. More often is a quarrel. */
const restartsAtOnce = 3

/**
 * The wait in milliseconds, or `undefined` for never.
 *
 * Draws from `random`, so call it once for each end.
 *
 * @param failures how many connections in a row ended without having been of use, this one included
 */
export function reconnectAfterMs(
  reason: CloseReason,
  failures: number,
  random: () => number = Math.random,
): number | undefined {
  switch (reason) {
    case 'restart-required':
    case 'restarted-by-us':
      return failures <= restartsAtOnce ? 0 : backoffMs(failures, afterRefusal, random)
    case 'network':
    case 'name-not-found':
    case 'unreachable':
    case 'tls-failed':
    case 'blocked':
      return backoffMs(failures, afterNetworkLoss, random)
    case 'unavailable':
    case 'outdated':
    case 'login-failed':
      return backoffMs(failures, afterRefusal, random)
    case 'logged-out':
    case 'replaced':
    case 'banned':
    case 'suspended':
    case 'pairing-timed-out':
    case 'passkey-failed':
    case 'closed-by-us':
      return undefined
  }
}

/**
 * The wait in milliseconds after it could not even be read whether a device is linked.
 *
 * @param troubles how often in a row, this one included
 */
export function afterTroubleMs(troubles: number, random: () => number): number {
  return backoffMs(troubles, whileTrouble, random)
}

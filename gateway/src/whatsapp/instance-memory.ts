/** What an instance remembers from one connection to the next. It is lost with the process, and may be. */

import type { CacheStore } from 'baileys'
import type { Clock } from '../runtime/clock.js'
import { CallDesk } from './calls.js'
import { expiringCache } from './expiring-cache.js'

export interface InstanceMemory {
  /** Which devices a person has. */
  readonly devices: CacheStore
  /** How often we asked for a message again that we could not decrypt. */
  readonly ownRetries: CacheStore
  /** How often others asked us. */
  readonly resendRequests: CacheStore
  /** The messages that Baileys may still hold in its own memory. */
  readonly sentIds: CacheStore
  /** What rings now. */
  readonly calls: CallDesk
}

const hourMs = 60 * 60 * 1000

export function instanceMemory(clock: Pick<Clock, 'now'>): InstanceMemory {
  return {
    devices: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 10_000 }, clock),
    ownRetries: expiringCache({ ttlMs: hourMs, maxEntries: 1000 }, clock),
    resendRequests: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 10_000 }, clock),
    // Baileys holds 512 messages for five minutes.
    sentIds: expiringCache({ ttlMs: hourMs, maxEntries: 2000 }, clock),
    calls: new CallDesk(),
  }
}

/**
 * A bounded memory for what WhatsApp told us, in the form that Baileys takes.
 *
 * Baileys' own device cache forgets after five minutes, and every query that
 * follows makes new Signal sessions and burns a one-time key of the recipient
 * and of our own phone. Device notifications keep the list right, so ours may
 * last a day, and it outlives a reconnect.
 */

import type { CacheStore } from 'baileys'
import type { Clock } from '../../runtime/clock.js'

export interface CacheLimits {
  readonly ttlMs: number
  /** When it is full, what was not used for longest goes. */
  readonly maxEntries: number
}

export function expiringCache(limits: CacheLimits, clock: Pick<Clock, 'now'>): CacheStore {
  // In the order of their last use. Baileys alone knows the types of its values.
  const entries = new Map()
  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (entry.expiresAt <= clock.now()) return undefined
      entries.set(key, entry)
      return entry.value
    },
    set: (key, value) => {
      entries.delete(key)
      entries.set(key, { value, expiresAt: clock.now() + limits.ttlMs })
      if (entries.size > limits.maxEntries) entries.delete(entries.keys().next().value)
    },
    del: (key) => {
      entries.delete(key)
    },
    flushAll: () => {
      entries.clear()
    },
  }
}

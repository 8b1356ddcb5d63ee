/**
 * What is remembered from one connection to the next, and ends with the pairing.
 *
 * It is lost with the process, and may be. It may not outlive its pairing: a list of
 * devices that still names the device we were makes every later send fail. So it is
 * found by the identity that it was learned under, and a new identity begins without.
 */

import type { CacheStore } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { Clock } from '../../runtime/clock.js'
import { IncomingCalls } from '../receive/calls.js'
import { AccountAddressing } from '../send/account-addressing.js'
import { expiringCache } from '../keys/expiring-cache.js'

export interface PairingMemory {
  /** Which devices a person has. */
  readonly devices: CacheStore
  /** The addresses of numbers that have no LID. */
  readonly withoutLid: CacheStore
  /** By the digits of the group. */
  readonly groupNames: CacheStore
  /** How often we asked for a message again that we could not decrypt. */
  readonly ownRetries: CacheStore
  /** How often others asked us. */
  readonly resendRequests: CacheStore
  /** The messages that Baileys may still hold in its own memory. */
  readonly sentIds: CacheStore
  /** Files that WhatsApp has already, by their use and hash. */
  readonly uploads: CacheStore
  /** What rings now. */
  readonly calls: IncomingCalls
  readonly addressing: AccountAddressing
}

const hourMs = 60 * 60 * 1000

export class PairingMemories {
  readonly #clock: Pick<Clock, 'now'>
  readonly #known = new Map<
    InstanceId,
    { readonly identity: string; readonly memory: PairingMemory }
  >()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** The same one for the same identity, until it is forgotten or another takes its place. */
  of(instanceId: InstanceId, identity: string): PairingMemory {
    const known = this.#known.get(instanceId)
    if (known?.identity === identity) return known.memory
    const memory = emptyMemory(this.#clock)
    this.#known.set(instanceId, { identity, memory })
    return memory
  }

  forget(instanceId: InstanceId): void {
    this.#known.delete(instanceId)
  }
}

function emptyMemory(clock: Pick<Clock, 'now'>): PairingMemory {
  return {
    devices: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 10_000 }, clock),
    withoutLid: expiringCache({ ttlMs: hourMs / 6, maxEntries: 10_000 }, clock),
    groupNames: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 1000 }, clock),
    ownRetries: expiringCache({ ttlMs: hourMs, maxEntries: 1000 }, clock),
    resendRequests: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 10_000 }, clock),
    // Baileys holds 512 messages for five minutes.
    sentIds: expiringCache({ ttlMs: hourMs, maxEntries: 2000 }, clock),
    // WhatsApp keeps a file for weeks.
    uploads: expiringCache({ ttlMs: 24 * hourMs, maxEntries: 1000 }, clock),
    calls: new IncomingCalls(),
    addressing: new AccountAddressing(),
  }
}

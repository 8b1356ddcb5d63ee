/**
 * One-time links: who has one may answer WhatsApp's passkey step for one instance, and nothing else.
 *
 * They are for the person with the passkey, who may have neither a token nor an account here. A linking that they
 * belong to lives in this process only, and so do they.
 */

import { createHash, randomBytes } from 'node:crypto'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface PasskeyLink {
  readonly instanceId: InstanceId
  /** Of the linking that it was made for. */
  readonly challenge: string
  readonly expiresAt: EpochMs
}

const tokenBytes = 16
const lifetimeMs = 600_000
/** Of one instance; the oldest gives way. */
const mostAtOnce = 20

export class PasskeyLinks {
  readonly #clock: Pick<Clock, 'now'>
  /** By the hash of the token, in the order in which they were made. */
  readonly #links = new Map<string, PasskeyLink>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** The token of a new link. It cannot be read again. */
  create(
    instanceId: InstanceId,
    challenge: string,
  ): { readonly token: string; readonly expiresAt: EpochMs } {
    this.#removeOld(instanceId)
    const token = randomBytes(tokenBytes).toString('base64url')
    const expiresAt = this.#clock.now() + lifetimeMs
    this.#links.set(hashOf(token), { instanceId, challenge, expiresAt })
    return { token, expiresAt }
  }

  /** Undefined when there is no such link, or no longer. */
  find(token: string): PasskeyLink | undefined {
    const link = this.#links.get(hashOf(token))
    return link === undefined || link.expiresAt <= this.#clock.now() ? undefined : link
  }

  #removeOld(instanceId: InstanceId): void {
    const now = this.#clock.now()
    for (const [hash, { expiresAt }] of this.#links) if (expiresAt <= now) this.#links.delete(hash)
    const own = [...this.#links].filter(([, link]) => link.instanceId === instanceId)
    for (const [hash] of own.slice(0, Math.max(0, own.length - mostAtOnce + 1)))
      this.#links.delete(hash)
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

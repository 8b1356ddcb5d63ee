/**
 * Tells the outside when an instance is connected and when it is not, and keeps why it is not.
 *
 * A connection that breaks is mostly back within a second, and right after
 * pairing WhatsApp itself asks for a new one. Those are of no interest, so
 * a loss is told when it is for good, or when it has lasted for a while.
 */

import type { Database, Transaction } from '../db/database.js'
import { type Disconnection, type DisconnectionReason, remedyOf } from '../domain/disconnection.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import {
  readDisconnection,
  removeDisconnection,
  writeDisconnection,
} from './disconnection-store.js'

/** Stores events. The webhooks module implements it. */
export interface EventSink {
  publish(event: GatewayEvent, transaction: Transaction): Promise<void>
}

export interface NoticesOptions {
  readonly instanceId: InstanceId
  readonly database: Database
  readonly events: EventSink
  readonly clock: Clock
  /** What the node told that ran the instance a moment ago. */
  readonly toldBefore?: Told | undefined
}

/** What receivers were told last of the connection. */
export type Told = 'connected' | DisconnectionReason

/** How long a connection may be away before it is told. */
export const untoldMs = 10_000

export class Notices {
  readonly #options: NoticesOptions
  /** What the outside believes; nothing is known of the time before this process but from another node. */
  #told: Told | undefined
  /** Whether a disconnection may be stored that must be removed once it is over. */
  #mayBeStored = true
  #grace: AbortController | undefined
  #newest: Disconnection | undefined

  constructor(options: NoticesOptions) {
    this.#options = options
    this.#told = options.toldBefore
  }

  /** What the next node that runs the instance need not tell again. */
  get told(): Told | undefined {
    return this.#told
  }

  /** Why it was not connected when the process before this one ended. */
  stored(): Promise<Disconnection | undefined> {
    return readDisconnection(this.#options.database.query, this.#options.instanceId)
  }

  async opened(phone: string, business: boolean): Promise<void> {
    const { database, events, instanceId, clock } = this.#options
    this.#grace?.abort()
    if (this.#told === 'connected' && !this.#mayBeStored) return
    await database.transaction(async (transaction) => {
      await database.fence.prove(transaction.query, instanceId)
      await removeDisconnection(transaction.query, instanceId)
      if (this.#told === 'connected') return
      const base = { instanceId, occurredAt: clock.now() }
      await events.publish({ ...base, kind: 'instance.connected', phone, business }, transaction)
    })
    this.#told = 'connected'
    this.#mayBeStored = false
  }

  /** It will be tried again. Resolves at once; `tell` runs the notice when it is due. */
  lostForNow(disconnection: Disconnection, tell: (notice: () => Promise<void>) => void): void {
    // A first attempt to come back may know better what the matter is.
    this.#newest = disconnection
    if (this.#grace !== undefined && !this.#grace.signal.aborted) return
    const grace = new AbortController()
    this.#grace = grace
    void this.#options.clock.sleep(untoldMs, grace.signal).then(() => {
      if (!grace.signal.aborted) tell(() => this.#disconnected(this.#newest ?? disconnection))
      return undefined
    })
  }

  async lostForGood(disconnection: Disconnection): Promise<void> {
    this.#grace?.abort()
    await this.#disconnected(disconnection)
  }

  /** The person who pairs it sees it, so no callback is sent. */
  async keep(disconnection: Disconnection): Promise<void> {
    this.#mayBeStored = true
    await writeDisconnection(this.#options.database.query, this.#options.instanceId, disconnection)
  }

  /** Forgets why it is not connected. Sends no callback. */
  async forget(): Promise<void> {
    this.#grace?.abort()
    await removeDisconnection(this.#options.database.query, this.#options.instanceId)
    this.#told = undefined
  }

  async passkeyNeeded(deadline: EpochMs): Promise<void> {
    const { database, events, instanceId, clock } = this.#options
    const base = { instanceId, occurredAt: clock.now() }
    await database.transaction((transaction) =>
      events.publish({ ...base, kind: 'instance.passkey-needed', deadline }, transaction),
    )
  }

  /** Tells nothing more. */
  stop(): void {
    this.#grace?.abort()
  }

  async #disconnected(disconnection: Disconnection): Promise<void> {
    const { database, events, instanceId, clock } = this.#options
    const { reason } = disconnection
    const isKnownToBeAway = this.#told !== undefined && this.#told !== 'connected'
    // That it needs a person is news, also after it was told that the gateway keeps trying.
    if (isKnownToBeAway && (remedyOf(reason) === 'wait' || this.#told === reason)) return
    this.#mayBeStored = true
    await database.transaction(async (transaction) => {
      await database.fence.prove(transaction.query, instanceId)
      await writeDisconnection(transaction.query, instanceId, disconnection)
      const base = { instanceId, occurredAt: clock.now() }
      await events.publish({ ...base, kind: 'instance.disconnected', disconnection }, transaction)
    })
    this.#told = reason
  }
}

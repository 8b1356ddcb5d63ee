/**
 * Tells the outside when an instance is connected and when it is not.
 *
 * A connection that breaks is mostly back within a second, and right after
 * pairing WhatsApp itself asks for a new one. Nobody wants to hear of those, so
 * a loss is told when it is for good, or when it has lasted for a while.
 */

import type { Database, Transaction } from '../db/database.js'
import type { CloseReason } from '../domain/engine.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'

/** Stores what is told; the webhooks room implements it. */
export interface EventSink {
  publish(event: GatewayEvent, transaction: Transaction): Promise<void>
}

export interface NoticesOptions {
  readonly instanceId: InstanceId
  readonly database: Database
  readonly events: EventSink
  readonly clock: Clock
}

/** How long a connection may be away before it is told. */
const graceMs = 10_000

export class Notices {
  readonly #options: NoticesOptions
  /** What the outside believes; nothing is known of the time before this process. */
  #told: 'connected' | 'disconnected' | undefined
  #grace: AbortController | undefined

  constructor(options: NoticesOptions) {
    this.#options = options
  }

  async opened(phone: string, business: boolean): Promise<void> {
    this.#grace?.abort()
    if (this.#told === 'connected') return
    await this.#publish({ ...this.#base(), kind: 'instance.connected', phone, business })
    this.#told = 'connected'
  }

  /** It will be tried again. Resolves at once; `tell` runs the notice when it is due. */
  lostForNow(reason: CloseReason, tell: (notice: () => Promise<void>) => void): void {
    if (this.#grace !== undefined && !this.#grace.signal.aborted) return
    const grace = new AbortController()
    this.#grace = grace
    void this.#options.clock.sleep(graceMs, grace.signal).then(() => {
      if (!grace.signal.aborted) tell(() => this.#disconnected(reason))
      return undefined
    })
  }

  async lostForGood(reason: CloseReason): Promise<void> {
    this.#grace?.abort()
    await this.#disconnected(reason)
  }

  /** Tells nothing more. */
  stop(): void {
    this.#grace?.abort()
  }

  async #disconnected(reason: CloseReason): Promise<void> {
    if (this.#told === 'disconnected') return
    const explanation = explanations[reason]
    await this.#publish({ ...this.#base(), kind: 'instance.disconnected', explanation })
    this.#told = 'disconnected'
  }

  #base(): { instanceId: InstanceId; occurredAt: number } {
    return { instanceId: this.#options.instanceId, occurredAt: this.#options.clock.now() }
  }

  #publish(event: GatewayEvent): Promise<void> {
    const { database, events } = this.#options
    return database.transaction((transaction) => events.publish(event, transaction))
  }
}

const explanations: Readonly<Record<CloseReason, string>> = {
  'restart-required': 'WhatsApp asked for a new connection. It is being made.',
  'logged-out': 'The device was unlinked on the phone. Pair it again with a new QR code.',
  replaced: 'Another program uses the credentials of this device. Stop it and restart the gateway.',
  banned: 'WhatsApp blocked the number. Look at the phone for what it says.',
  'pairing-timed-out': 'Nobody scanned the QR code.',
  unavailable: 'WhatsApp asked to come back later. The gateway keeps trying.',
  network: 'The connection to WhatsApp was lost. The gateway keeps trying.',
  'restarted-by-us': 'The connection was restarted by request. It is being made.',
  'closed-by-us': 'The device was unlinked by request. Pair it again with a new QR code.',
}

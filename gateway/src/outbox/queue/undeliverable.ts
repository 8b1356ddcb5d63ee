/**
 * Tells the caller of a code that it is not sent yet, while another way still helps.
 *
 * The moment stands in the row, so it survives the process, and it is told once: the UPDATE that
 * removes it and the event are one transaction. The message itself goes on waiting.
 */

import type { Database } from '../../db/database.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { OutboxStore } from '../outbox-store.js'
import type { EventSink } from '../outcomes.js'

export interface UndeliverableOptions {
  readonly database: Database
  readonly store: OutboxStore
  readonly events: EventSink
  readonly clock: Clock
  readonly log: Log
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never. */
  readonly undeliverableAfterMs: number
}

/** Where no setting says otherwise. */
export const usualUndeliverableMs = 20_000
/** So many a transaction: others want to write too. */
const batch = 100
/** The least that an instance may choose. */
export const shortestUndeliverableSeconds = 5

/**
 * When to tell; `undefined` for what is not urgent or has no expiry, and for what expires first: its
 * own callback tells that.
 */
export function undeliverableAt(
  {
    acceptedAt,
    expiresAt,
    priority,
  }: Pick<OutgoingMessage, 'acceptedAt' | 'expiresAt' | 'priority'>,
  afterMs: number,
): EpochMs | undefined {
  if (afterMs === 0 || expiresAt === undefined || priority !== 'high') return undefined
  const at = acceptedAt + afterMs
  return at < expiresAt ? at : undefined
}

export class Undeliverable {
  readonly #options: UndeliverableOptions

  constructor(options: UndeliverableOptions) {
    this.#options = options
  }

  /** Tells what is due. Resolves to the ms until it has to be called again. */
  async tellDue(): Promise<number> {
    const { database, store, clock, undeliverableAfterMs } = this.#options
    const due = await store.undeliverable.due(database.query, clock.now(), batch)
    for (const { id } of due) await this.#tell(id)
    if (due.length === batch) return 0
    const next = (await store.undeliverable.next(database.query)) ?? Infinity
    // Nothing that is accepted from now on is due earlier.
    const usual = undeliverableAfterMs === 0 ? Infinity : undeliverableAfterMs
    const longest = Math.min(usual, shortestUndeliverableSeconds * 1_000)
    return Math.max(0, Math.min(longest, next - clock.now()))
  }

  async #tell(id: string): Promise<void> {
    const { database, store, events, clock, log } = this.#options
    await database.transaction(async (transaction) => {
      const message = await store.undeliverable.told(transaction.query, id)
      if (message === undefined) return
      const { id: messageId, instanceId, whatsappId, recipient, status, expiresAt, pool } = message
      await events.publish(
        {
          kind: 'message.undeliverable',
          instanceId,
          occurredAt: clock.now(),
          messageId,
          whatsappId,
          recipient,
          acceptedAt: message.acceptedAt,
          expiresAt,
          mayHaveArrived: status !== 'queued',
          pool,
        },
        transaction,
      )
      transaction.afterCommit(() => log.warn('message-undeliverable', { instanceId, messageId }))
    })
  }
}

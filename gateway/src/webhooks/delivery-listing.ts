/** An instance's callbacks for its owner, the newest first, whatever became of them. Never a body. */

import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

export interface ListedDelivery {
  /** Where the page behind this delivery begins. */
  readonly sequence: number
  readonly id: string
  readonly eventKind: string
  readonly url: string
  readonly status: 'pending' | 'done' | 'dead'
  readonly attempts: number
  /** The last attempt's, in a few words. */
  readonly error: string | undefined
  readonly createdAt: EpochMs
  readonly endedAt: EpochMs | undefined
  /** Of a pending one. */
  readonly nextAttemptAt: EpochMs | undefined
}

export interface DeliveryWish {
  /** Behind this sequence, that is, older. */
  readonly before?: number | undefined
  readonly status?: ListedDelivery['status'] | undefined
  readonly limit: number
}

export class DeliveryListing {
  readonly #database: Database

  constructor({ database }: { readonly database: Database }) {
    this.#database = database
  }

  async page(
    instanceId: InstanceId,
    { before, status, limit }: DeliveryWish,
  ): Promise<readonly ListedDelivery[]> {
    let query = this.#database.query
      .selectFrom('delivery')
      .select([
        'sequence',
        'id',
        'event_kind',
        'url',
        'status',
        'attempts',
        'last_error',
        'created_at',
        'ended_at',
        'next_attempt_at',
      ])
      .where('instance_id', '=', instanceId)
    if (before !== undefined) query = query.where('sequence', '<', before)
    if (status !== undefined) query = query.where('status', '=', status)
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute()
    return rows.map((row) => ({
      sequence: row.sequence,
      id: row.id,
      eventKind: row.event_kind,
      url: row.url,
      status: row.status,
      attempts: row.attempts,
      error: row.last_error ?? undefined,
      createdAt: row.created_at,
      endedAt: row.ended_at ?? undefined,
      nextAttemptAt: row.status === 'pending' ? row.next_attempt_at : undefined,
    }))
  }
}

/** An instance's callbacks for its owner, the newest first, whatever became of them. Never a body. */

import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import { deliveryColumns, deliveryFrom, type DeliveryRow } from './delivery-row.js'

export interface DeliveryWish {
  /** Behind this sequence, that is, older. */
  readonly before?: number | undefined
  readonly status?: DeliveryRow['status'] | undefined
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
  ): Promise<readonly DeliveryRow[]> {
    let query = this.#database.query
      .selectFrom('delivery')
      .select(deliveryColumns)
      .where('instance_id', '=', instanceId)
    if (before !== undefined) query = query.where('sequence', '<', before)
    if (status !== undefined) query = query.where('status', '=', status)
    const rows = await query.orderBy('sequence', 'desc').limit(limit).execute()
    return rows.map(deliveryFrom)
  }
}

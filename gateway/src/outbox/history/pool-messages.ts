/** The messages of a pool, whichever member has them: how many wait, and which ones changed member. */

import { sql } from 'kysely'
import type { Database } from '../../db/database.js'
import { prepared } from '../../db/prepared.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageStatus } from '../../domain/message-status.js'
import type { Move } from '../../domain/pool.js'
import { type Priority, priorityOfRank } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import { waiting } from './message-statuses.js'

export interface MovedMessage {
  /** Where the page behind this message begins. */
  readonly place: number
  readonly id: string
  /** The member that has it, or sent it. */
  readonly instanceId: InstanceId
  readonly status: MessageStatus
  readonly acceptedAt: EpochMs
  /** The oldest first. */
  readonly moves: readonly Move[]
}

const countWaiting = prepared((query, { poolId }: { readonly poolId: InstanceId }) =>
  query
    .selectFrom('message')
    .select((row) => ['priority', row.fn.countAll<number>().as('count')])
    .where('pool_id', '=', poolId)
    .where(waiting)
    .groupBy('priority'),
)

export class PoolMessages {
  readonly #database: Database

  constructor({ database }: { readonly database: Database }) {
    this.#database = database
  }

  /** With what is being sent. */
  async waiting(poolId: InstanceId): Promise<Readonly<Record<Priority, number>>> {
    const counts = { high: 0, normal: 0, low: 0 }
    const { rows } = await countWaiting(this.#database.query, { poolId })
    for (const { priority, count } of rows) counts[priorityOfRank(priority)] += count
    return counts
  }

  /** Those that went from one member to another, the newest first. `before`: the `place` of the last one of the page before. */
  async moved(
    poolId: InstanceId,
    { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<readonly MovedMessage[]> {
    const rows = await this.#database.query
      .selectFrom('message')
      .select(['sequence', 'id', 'instance_id', 'status', 'accepted_at', 'moves'])
      .where('pool_id', '=', poolId)
      .where(sql.ref('moves'), 'is not', null)
      .$if(before !== undefined, (query) => query.where('sequence', '<', before ?? 0))
      .orderBy('sequence', 'desc')
      .limit(limit)
      .$narrowType<{ status: MessageStatus; instance_id: InstanceId }>()
      .execute()
    return rows.map((row) => ({
      place: row.sequence,
      id: row.id,
      instanceId: row.instance_id,
      status: row.status,
      acceptedAt: row.accepted_at,
      moves: row.moves === null ? [] : JSON.parse(row.moves),
    }))
  }
}

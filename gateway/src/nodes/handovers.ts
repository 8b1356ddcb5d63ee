/** The table `handover`, on PostgreSQL: when instances changed their node. `lease-store.ts` writes it as leases are taken. */

import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

/** Moments are those of the clock of the database. */
export interface Handover {
  readonly instanceId: InstanceId
  /** Where its earlier node was reached. Undefined if that is not known. */
  readonly from: string | undefined
  readonly to: string
  /** The earlier node gave it up. Otherwise that node went silent. */
  readonly isPlanned: boolean
  /** When it was given up, or the last heartbeat of the earlier node. */
  readonly freeSince: EpochMs
  readonly takenAt: EpochMs
  /** When its session was open again, to about a second. Undefined until then, and for an instance that is not linked. */
  readonly openAt: EpochMs | undefined
}

const keepMs = 7 * 24 * 3_600_000

export class Handovers {
  readonly #query: Kysely<Schema>

  constructor(query: Kysely<Schema>) {
    this.#query = query
  }

  /** The newest first. */
  async latest(most: number): Promise<readonly Handover[]> {
    const rows = await this.#query
      .selectFrom('handover')
      .selectAll()
      .orderBy('taken_at', 'desc')
      .orderBy('instance_id')
      .limit(most)
      .execute()
    return rows.map((row) => ({
      instanceId: row.instance_id,
      from: row.from_url ?? undefined,
      to: row.to_url,
      isPlanned: row.is_planned === 1,
      freeSince: row.free_since,
      takenAt: row.taken_at,
      openAt: row.open_at ?? undefined,
    }))
  }

  /** Forgets those of more than a week ago. Gives how many. */
  async purge(now: EpochMs): Promise<number> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('handover')
      .where('taken_at', '<', now - keepMs)
      .executeTakeFirst()
    return Number(numDeletedRows)
  }

  /** The longest time in ms in which an instance had no node. 0 if none changed its node. */
  async longestFreeMs(): Promise<number> {
    const { longest } = await this.#query
      .selectFrom('handover')
      .select(sql<number>`coalesce(max(taken_at - free_since), 0)`.as('longest'))
      .executeTakeFirstOrThrow()
    return longest
  }
}

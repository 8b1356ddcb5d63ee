/** The pools that an instance is a member of. Each message needs them, so they are cached until they change. */

import type { Database } from '../db/database.js'
import { RowCache } from '../db/row-cache.js'
import type { InstanceId } from '../domain/instance.js'
import type { Query } from './pool-store.js'

export class MemberPools {
  readonly #known: RowCache<readonly InstanceId[]>

  constructor({ signals }: Pick<Database, 'signals'>) {
    this.#known = new RowCache(signals, 'pool_member')
  }

  /** The pool that it joined first comes first. A pool that was deleted may be among them. */
  of(instanceId: InstanceId, query: Query): Promise<readonly InstanceId[]> {
    return this.#known.get(instanceId, instanceId, async () => {
      const rows = await query
        .selectFrom('pool_member')
        .select('pool_id')
        .where('instance_id', '=', instanceId)
        .orderBy('added_at')
        .orderBy('pool_id')
        .execute()
      return rows.map(({ pool_id: poolId }) => poolId)
    })
  }
}

/** How long what belongs to an instance is kept: its own time, else that of the gateway. */

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Database } from './database.js'

/** `Ms` may be undefined where something may be kept as long as its instance. */
export interface Retention<Ms extends number | undefined = number> {
  /** Of instances without a time of their own; 0 keeps nothing. */
  readonly ofGatewayMs: Ms
  /** Of this instance now. Within a transaction hand in its query. */
  keepMs(instanceId: InstanceId, query?: Database['query']): Promise<number | Ms>
  /** In ms, of each instance that has a time of its own. */
  own(): Promise<ReadonlyMap<InstanceId, number>>
}

/** The same time for every instance. */
export function sameForAll<Ms extends number | undefined>(ms: Ms): Retention<Ms> {
  return { ofGatewayMs: ms, keepMs: async () => ms, own: async () => new Map() }
}

/** No index finds what one instance has too long, so that is looked for less often. */
const ownEveryMs = 600_000

/** What a purge has to erase. One for each purge: it remembers when it was asked. */
export class Ends {
  readonly #retention: Retention<number | undefined>
  #nextAt = 0

  constructor(retention: Retention<number | undefined>) {
    this.#retention = retention
  }

  /**
   * Which rows are over, one condition after the other: of each instance that has its own time (again only after ten
   * minutes), then of all others.
   *
   * @param column of a row's age
   */
  async at(
    now: EpochMs,
    column: 'changed_at' | 'created_at',
  ): Promise<readonly RawBuilder<SqlBool>[]> {
    const { ofGatewayMs } = this.#retention
    const times = [...(await this.#retention.own())]
    const until = (keepMs: number) => sql<SqlBool>`${sql.ref(column)} <= ${now - keepMs}`
    const conditions: RawBuilder<SqlBool>[] = []
    if (now >= this.#nextAt) {
      this.#nextAt = now + ownEveryMs
      for (const [instanceId, keepMs] of times)
        conditions.push(sql`instance_id = ${instanceId} and ${until(keepMs)}`)
    }
    if (ofGatewayMs === undefined) return conditions
    if (times.length === 0) return [...conditions, until(ofGatewayMs)]
    const except = sql.join(times.map(([instanceId]) => instanceId))
    return [...conditions, sql`instance_id not in (${except}) and ${until(ofGatewayMs)}`]
  }
}

/** How long what belongs to an instance is kept: its own time, else that of the gateway. */

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

  async at(now: EpochMs): Promise<{
    /** What is as old as this ends, of these instances; again only after ten minutes. */
    readonly own: readonly (readonly [InstanceId, EpochMs])[]
    /** The same of all other instances; undefined if nothing of theirs ends. */
    readonly others: EpochMs | undefined
    readonly except: readonly InstanceId[]
  }> {
    const { ofGatewayMs } = this.#retention
    const times = [...(await this.#retention.own())]
    const isDue = now >= this.#nextAt
    if (isDue) this.#nextAt = now + ownEveryMs
    return {
      own: isDue ? times.map(([instanceId, keepMs]) => [instanceId, now - keepMs]) : [],
      others: ofGatewayMs === undefined ? undefined : now - ofGatewayMs,
      except: times.map(([instanceId]) => instanceId),
    }
  }
}

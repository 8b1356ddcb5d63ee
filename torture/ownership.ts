/** Watches in the database for how long an instance has no living node. */

import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { nodeLeaseSeconds } from './world.js'

const lookEveryMs = 200

export class Ownership {
  readonly #url: string
  readonly #end = new AbortController()
  readonly #watching: Promise<void>
  /** Since when each instance has none, of a monotonic clock. */
  readonly #unowned = new Map<string, number>()
  #longestMs = 0

  constructor(url: string) {
    this.#url = url
    this.#watching = this.#watch()
  }

  /** Ends it. Gives the longest time in ms; times in which the database gave no answer count in part. */
  async finish(): Promise<number> {
    this.#end.abort()
    await this.#watching
    return Math.round(this.#longestMs)
  }

  async #watch(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const client = new Client({ connectionString: this.#url, query_timeout: 5_000 })
      client.on('error', () => undefined)
      try {
        await client.connect()
        for (;;) {
          this.#count(await ownersIn(client))
          if (this.#end.signal.aborted) return
          await delay(lookEveryMs)
        }
      } catch {
        // The database was killed. No owner can be known meanwhile.
        this.#unowned.clear()
        await delay(lookEveryMs)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  }

  #count(rows: readonly { readonly id: string; readonly owned: boolean }[]): void {
    const now = performance.now()
    for (const { id, owned } of rows) {
      const since = this.#unowned.get(id)
      if (since !== undefined) this.#longestMs = Math.max(this.#longestMs, now - since)
      if (owned) this.#unowned.delete(id)
      else if (since === undefined) this.#unowned.set(id, now)
    }
  }
}

/**
 * An instance whose node sends no heartbeat any more has no owner from that moment on, although its lease
 * still counts: a heartbeat older than two seconds is none.
 */
async function ownersIn(
  client: Client,
): Promise<readonly { readonly id: string; readonly owned: boolean }[]> {
  const { rows } = await client.query<{ id: string; owned: boolean }>(
    `select instance_id as id, exists (
       select 1 from node where node.id = node_id
         and heartbeat_at > extract(epoch from clock_timestamp()) * 1000 - $1
     ) as owned from instance_lease`,
    [Math.min(2_000, nodeLeaseSeconds * 1_000)],
  )
  return rows
}

/** The table `paused_receiver`: URLs that get nothing until a person resumes them. What is owed to them waits. */

import type { Database, Transaction } from '../db/database.js'
import { RowCache } from '../db/row-cache.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { urlHash } from './url-hash.js'

export class PausedReceivers {
  readonly #database: Database
  readonly #kept: RowCache<ReadonlyMap<string, EpochMs>>

  constructor(database: Database) {
    this.#database = database
    this.#kept = new RowCache(database.signals, 'paused_receiver')
  }

  /** Every attempt asks, so the rows are cached until they change. */
  async has(instanceId: InstanceId, url: string): Promise<boolean> {
    return (await this.of(instanceId)).has(url)
  }

  /** The URLs, and since when. */
  of(instanceId: InstanceId): Promise<ReadonlyMap<string, EpochMs>> {
    return this.#kept.get(instanceId, '', async () => {
      const rows = await this.#database.query
        .selectFrom('paused_receiver')
        .select(['url', 'paused_at'])
        .where('instance_id', '=', instanceId)
        .orderBy('paused_at')
        .execute()
      return new Map(rows.map(({ url, paused_at }) => [url, paused_at]))
    })
  }
}

/** A receiver that is paused already stays so since then. */
export async function pauseReceiver(
  { query, changes }: Transaction,
  instanceId: InstanceId,
  url: string,
  now: EpochMs,
): Promise<void> {
  changes('paused_receiver', instanceId)
  await query
    .insertInto('paused_receiver')
    .values({ instance_id: instanceId, url_hash: urlHash(url), url, paused_at: now })
    .onConflict((conflict) => conflict.columns(['instance_id', 'url_hash']).doNothing())
    .execute()
}

export async function resumeReceiver(
  { query, changes }: Transaction,
  instanceId: InstanceId,
  url: string,
): Promise<void> {
  changes('paused_receiver', instanceId)
  await query
    .deleteFrom('paused_receiver')
    .where('instance_id', '=', instanceId)
    .where('url_hash', '=', urlHash(url))
    .execute()
}

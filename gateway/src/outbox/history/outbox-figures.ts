/** How much waits, and for how long: for the figures of the whole gateway. */

import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Schema } from '../../db/schema.js'
import type { EpochMs } from '../../domain/time.js'

export interface OutboxFigures {
  readonly waiting: Readonly<Record<'queued' | 'sending' | 'unknown', number>>
  /** When the oldest of them was accepted. */
  readonly oldestAcceptedAt: EpochMs | undefined
}

/** Reads the rows that wait and no others, by the partial index. */
export async function readFigures(query: Kysely<Schema>): Promise<OutboxFigures> {
  const rows = await query
    .selectFrom('message')
    .select(({ fn }) => [
      'status',
      fn.countAll<number>().as('count'),
      fn.min('accepted_at').as('oldest'),
    ])
    // Literals and no parameters: with them both databases see that the partial index serves.
    .where(sql<SqlBool>`status in ('queued', 'sending', 'unknown')`)
    .groupBy('status')
    .execute()
  const countOf = (status: string) => rows.find((row) => row.status === status)?.count ?? 0
  const oldest = rows.map((row) => row.oldest).toSorted((one, other) => one - other)
  return {
    waiting: {
      queued: countOf('queued'),
      sending: countOf('sending'),
      unknown: countOf('unknown'),
    },
    oldestAcceptedAt: oldest[0],
  }
}

/** When the message was accepted that waits the longest, of each instance where one waits. */
export async function readOldestWaiting(
  query: Kysely<Schema>,
): Promise<ReadonlyMap<string, EpochMs>> {
  const rows = await query
    .selectFrom('message')
    .select(({ fn }) => ['instance_id', fn.min('accepted_at').as('oldest')])
    .where(sql<SqlBool>`status in ('queued', 'sending', 'unknown')`)
    .groupBy('instance_id')
    .execute()
  return new Map(rows.map(({ instance_id, oldest }) => [instance_id, oldest]))
}

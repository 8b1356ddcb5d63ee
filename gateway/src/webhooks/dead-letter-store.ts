/** The SQL of failed deliveries: to look at them, and to owe them again. */

import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { urlHash } from './url-hash.js'
import { deliveryColumns, deliveryFrom, type DeliveryRow } from './delivery-row.js'

type Query = Kysely<Schema>

/** Which of an instance's dead deliveries. */
export interface DeadRange {
  /** Owed at this moment or later. */
  readonly since?: EpochMs | undefined
  /** Owed to this URL. */
  readonly url?: string | undefined
  /** Behind this sequence. */
  readonly after?: number | undefined
  readonly limit: number
}

/** A literal and not a parameter: only then the planners see that the index of dead rows fits. */
const dead = sql.lit('dead' as const)
const pending = sql.lit('pending' as const)
const owedOrDead = sql<SqlBool>`status in ('pending', 'dead')`

/** The first that was owed comes first. */
export async function readDead(
  query: Query,
  instanceId: InstanceId,
  { since = 0, url, after = 0, limit }: DeadRange,
): Promise<readonly DeliveryRow[]> {
  const rows = await query
    .selectFrom('delivery')
    .select(deliveryColumns)
    .where('instance_id', '=', instanceId)
    .where('status', '=', dead)
    .where('sequence', '>', after)
    .where('created_at', '>=', since)
    .$if(url !== undefined, (those) => those.where('url', '=', url ?? ''))
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map(deliveryFrom)
}

/** With its body as long as there is one. */
export async function readDelivery(
  query: Query,
  instanceId: InstanceId,
  id: string,
): Promise<
  | (DeliveryRow & {
      readonly bodySealed: Uint8Array | undefined
      readonly attemptsSealed: Uint8Array | undefined
    })
  | undefined
> {
  const row = await query
    .selectFrom('delivery')
    .select([...deliveryColumns, 'body_sealed', 'attempts_sealed'])
    .where('id', '=', id)
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  return (
    row && {
      ...deliveryFrom(row),
      bodySealed: row.body_sealed ?? undefined,
      attemptsSealed: row.attempts_sealed ?? undefined,
    }
  )
}

/**
 * Dead → pending, as if it were owed from now on: all attempts are before it.
 * Its id and its body stay. Gives whether it was dead.
 */
export async function revive(
  query: Query,
  id: string,
  to: { readonly url: string; readonly lane: string; readonly now: EpochMs },
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('delivery')
    .set({
      status: 'pending',
      url: to.url,
      url_hash: urlHash(to.url),
      lane: to.lane,
      attempts: 0,
      next_attempt_at: to.now,
      last_error: null,
      created_at: to.now,
      ended_at: null,
    })
    .where('id', '=', id)
    .where('status', '=', dead)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Makes what waits for its next attempt due now, and gives it the attempt back that this one will take,
 * so that trying by hand does not end it sooner. What waits behind another of its lane is due anyway.
 */
export async function hurryWaiting(
  query: Query,
  which: {
    readonly instanceId: InstanceId
    readonly url?: string | undefined
    readonly lane?: string | undefined
  },
  now: EpochMs,
): Promise<number> {
  const { instanceId, url, lane } = which
  const { numUpdatedRows } = await query
    .updateTable('delivery')
    .set((row) => ({ next_attempt_at: now, attempts: row('attempts', '-', 1) }))
    .where('instance_id', '=', instanceId)
    .where('status', '=', pending)
    .where('next_attempt_at', '>', now)
    .where('attempts', '>', 0)
    .$if(url !== undefined, (rows) => rows.where('url', '=', url ?? ''))
    .$if(lane !== undefined, (rows) => rows.where('lane', '=', lane ?? ''))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface ReceiverFigures {
  readonly url: string
  readonly pending: number
  readonly dead: number
}

/** Of every URL to which something is owed, or was in vain. */
export async function readReceiverFigures(
  query: Query,
  instanceId: InstanceId,
): Promise<readonly ReceiverFigures[]> {
  const counts = [
    ...(await countByHash(query, instanceId)),
    ...(await countWithoutHash(query, instanceId)),
  ]
  const urls = [...new Set(counts.map(({ url }) => url))]
  const of = (url: string, status: Count['status']): number =>
    counts
      .filter((each) => each.url === url && each.status === status)
      .reduce((sum, { count }) => sum + count, 0)
  return urls.map((url) => ({ url, pending: of(url, 'pending'), dead: of(url, 'dead') }))
}

interface Count {
  readonly url: string
  readonly status: 'pending' | 'done' | 'dead'
  readonly count: number
}

/** Reads the index alone, however much is owed, and then one delivery for each URL. */
async function countByHash(query: Query, instanceId: InstanceId): Promise<readonly Count[]> {
  const rows = await query
    .selectFrom('delivery')
    .select(({ fn }) => ['status', 'url_hash', fn.countAll<number>().as('count')])
    .where('instance_id', '=', instanceId)
    .where(owedOrDead)
    .where('url_hash', 'is not', null)
    .groupBy(['status', 'url_hash'])
    .execute()
  const counts: Count[] = []
  for (const { status, url_hash: hash, count } of rows) {
    const row = await query
      .selectFrom('delivery')
      .select('url')
      .where('instance_id', '=', instanceId)
      .where('status', '=', status)
      .where(owedOrDead)
      .where('url_hash', '=', hash)
      .limit(1)
      .executeTakeFirst()
    // It may have arrived meanwhile.
    if (row !== undefined) counts.push({ url: row.url, status, count })
  }
  return counts
}

/** What an older version wrote. */
function countWithoutHash(query: Query, instanceId: InstanceId): Promise<readonly Count[]> {
  return query
    .selectFrom('delivery')
    .select(({ fn }) => ['url', 'status', fn.countAll<number>().as('count')])
    .where('instance_id', '=', instanceId)
    .where(owedOrDead)
    .where('url_hash', 'is', null)
    .groupBy(['url', 'status'])
    .execute()
}

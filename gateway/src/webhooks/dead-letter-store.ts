/** The SQL of failed deliveries: to look at them, and to owe them again. */

import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

type Query = Kysely<Schema>

export interface DeliveryRow {
  /** The order in which they were owed first. */
  readonly sequence: number
  readonly id: string
  readonly eventKind: string
  readonly url: string
  readonly lane: string
  readonly status: 'pending' | 'done' | 'dead'
  readonly attempts: number
  /** The last attempt's, in a few words. */
  readonly error: string | undefined
  readonly createdAt: EpochMs
  readonly endedAt: EpochMs | undefined
  /** Of a pending one. In a lane it also waits for those before it. */
  readonly nextAttemptAt: EpochMs | undefined
}

/** Which of an instance's dead deliveries. */
export interface DeadRange {
  /** Owed at this moment or later. */
  readonly since?: EpochMs | undefined
  /** Behind this sequence. */
  readonly after?: number | undefined
  readonly limit: number
}

const columns = [
  'sequence',
  'id',
  'event_kind',
  'url',
  'lane',
  'status',
  'attempts',
  'last_error',
  'created_at',
  'ended_at',
  'next_attempt_at',
] as const

/** A literal and not a parameter: only then the planners see that the index of dead rows fits. */
const dead = sql.lit('dead' as const)

/** The first that was owed comes first. */
export async function readDead(
  query: Query,
  instanceId: InstanceId,
  { since = 0, after = 0, limit }: DeadRange,
): Promise<readonly DeliveryRow[]> {
  const rows = await query
    .selectFrom('delivery')
    .select(columns)
    .where('instance_id', '=', instanceId)
    .where('status', '=', dead)
    .where('sequence', '>', after)
    .where('created_at', '>=', since)
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
): Promise<(DeliveryRow & { readonly bodySealed: Uint8Array | undefined }) | undefined> {
  const row = await query
    .selectFrom('delivery')
    .select([...columns, 'body_sealed'])
    .where('id', '=', id)
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  return row && { ...deliveryFrom(row), bodySealed: row.body_sealed ?? undefined }
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

function deliveryFrom(row: {
  readonly sequence: number
  readonly id: string
  readonly event_kind: string
  readonly url: string
  readonly lane: string
  readonly status: DeliveryRow['status']
  readonly attempts: number
  readonly last_error: string | null
  readonly created_at: number
  readonly ended_at: number | null
  readonly next_attempt_at: number
}): DeliveryRow {
  return {
    sequence: row.sequence,
    id: row.id,
    eventKind: row.event_kind,
    url: row.url,
    lane: row.lane,
    status: row.status,
    attempts: row.attempts,
    error: row.last_error ?? undefined,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    nextAttemptAt: row.status === 'pending' ? row.next_attempt_at : undefined,
  }
}

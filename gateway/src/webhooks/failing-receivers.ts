/** Which receivers of callbacks do not take what they are owed. */

import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { type DisabledEndpoint, readDisabled } from './endpoint-store.js'

type Query = Kysely<Schema>

export interface FailingReceiver {
  /** Names it without showing its URL, which may be a secret. */
  readonly key: string
  readonly instanceId: InstanceId
  readonly host: string
  /** When the oldest callback was owed that it did not take, or when it answered 410. */
  readonly since: EpochMs
  /** What was wrong with its last attempt: `HTTP 500`, `ECONNREFUSED`. Of several callbacks, one of theirs. */
  readonly reason: string
}

/** With the waits of the schedule, the third attempt fails about five minutes after the first. */
const attemptsThatCount = 3

/** Those that failed so often with a callback that is still owed, and those that answered 410. */
export async function readFailingReceivers(
  query: Query,
  instanceId?: InstanceId,
): Promise<readonly FailingReceiver[]> {
  const rows = await query
    .selectFrom('delivery')
    .where('status', '=', sql.lit('pending' as const))
    // A literal too: only then the planners see that the index of failing rows fits.
    .where('attempts', '>=', sql.lit(attemptsThatCount))
    .$if(instanceId !== undefined, (row) =>
      row.where('instance_id', 'in', instanceId === undefined ? [] : [instanceId]),
    )
    .groupBy(['instance_id', 'url'])
    .select(({ fn }) => [
      'instance_id',
      'url',
      fn.min('created_at').as('since'),
      fn.max('last_error').as('reason'),
    ])
    .execute()
  const failing = rows.map(({ instance_id, url, since, reason }) =>
    receiver(instance_id, url, since, reason ?? ''),
  )
  const disabled = await readDisabled(query, instanceId)
  return [...failing, ...disabled.map(goneReceiver)]
}

/**
 * Whether nothing was heard of a receiver that failed: its last callback failed for good, and it is still
 * set. `key` is one of `FailingReceiver`.
 */
export async function isReceiverSilent(
  query: Query,
  instanceId: InstanceId,
  key: string,
): Promise<boolean> {
  const urls = await query
    .selectFrom('callback_endpoint')
    .select('url')
    .where('instance_id', '=', instanceId)
    .distinct()
    .execute()
  const url = urls.map((row) => row.url).find((each) => receiverKey(instanceId, each) === key)
  if (url === undefined) return false
  const last = await query
    .selectFrom('delivery')
    .select('status')
    .where('instance_id', '=', instanceId)
    .where('url', '=', url)
    .where('ended_at', 'is not', null)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.status === 'dead'
}

function goneReceiver({ instanceId, url, disabledAt }: DisabledEndpoint): FailingReceiver {
  return receiver(instanceId, url, disabledAt, 'HTTP 410')
}

function receiver(
  instanceId: InstanceId,
  url: string,
  since: EpochMs,
  reason: string,
): FailingReceiver {
  const host = URL.canParse(url) ? new URL(url).host : ''
  return { key: receiverKey(instanceId, url), instanceId, host, since, reason }
}

function receiverKey(instanceId: string, url: string): string {
  const digest = createHash('sha256').update(url).digest('base64url').slice(0, 16)
  return `receiver-failing ${instanceId} ${digest}`
}

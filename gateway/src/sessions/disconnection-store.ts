/** The SQL of table `disconnection`: why an instance is not connected, so that a restart does not forget it. */

import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.js'
import { type Disconnection, isDisconnectionReason } from '../domain/disconnection.js'
import type { InstanceId } from '../domain/instance.js'

type Query = Kysely<Schema>

/** In place of what was there before. */
export async function writeDisconnection(
  query: Query,
  instanceId: InstanceId,
  { reason, since, detail = null, until = null }: OrNull<Disconnection>,
): Promise<void> {
  const row = { reason, since, detail, until }
  await query
    .insertInto('disconnection')
    .values({ instance_id: instanceId, ...row })
    .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(row))
    .execute()
}

export async function removeDisconnection(query: Query, instanceId: InstanceId): Promise<void> {
  await query.deleteFrom('disconnection').where('instance_id', '=', instanceId).execute()
}

/** `undefined` too where a newer version wrote a reason that is not known here. */
export async function readDisconnection(
  query: Query,
  instanceId: InstanceId,
): Promise<Disconnection | undefined> {
  const row = await query
    .selectFrom('disconnection')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .executeTakeFirst()
  if (row === undefined || !isDisconnectionReason(row.reason)) return undefined
  const { reason, since, detail, until } = row
  return { reason, since, detail: detail ?? undefined, until: until ?? undefined }
}

type OrNull<T> = {
  readonly [Name in keyof T]: T[Name] | (undefined extends T[Name] ? null : never)
}

/** The SQL of table `callback_endpoint`: where an instance wants which events. */

import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'

export type EventKind = GatewayEvent['kind']

type Query = Kysely<Schema>

/**
 * One statement, so somebody who sets the same kinds at the same moment wins
 * or loses with all of them; `undefined` removes them.
 */
export async function writeEndpoint(
  query: Query,
  instanceId: InstanceId,
  kinds: readonly EventKind[],
  url: string | undefined,
): Promise<void> {
  if (kinds.length === 0) return
  if (url === undefined) {
    await query
      .deleteFrom('callback_endpoint')
      .where('instance_id', '=', instanceId)
      .where('event_kind', 'in', kinds)
      .execute()
    return
  }
  await query
    .insertInto('callback_endpoint')
    .values(kinds.map((kind) => ({ instance_id: instanceId, event_kind: kind, url })))
    .onConflict((conflict) =>
      conflict
        .columns(['instance_id', 'event_kind'])
        .doUpdateSet((row) => ({ url: row.ref('excluded.url') })),
    )
    .execute()
}

/** Nobody listens at the URL any more. Gives whether it was set for anything. */
export async function clearUrl(
  query: Query,
  instanceId: InstanceId,
  url: string,
): Promise<boolean> {
  const { numDeletedRows } = await query
    .deleteFrom('callback_endpoint')
    .where('instance_id', '=', instanceId)
    .where('url', '=', url)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** What is set, by kind. Rows of a kind that this version does not know are left out. */
export async function readEndpoints(
  query: Query,
  instanceId: InstanceId,
): Promise<Map<EventKind, string>> {
  const rows = await query
    .selectFrom('callback_endpoint')
    .select(['event_kind', 'url'])
    .where('instance_id', '=', instanceId)
    .execute()
  const urls = new Map(rows.map((row) => [row.event_kind, row.url]))
  const endpoints = new Map<EventKind, string>()
  for (const kind of eventKinds) {
    const url = urls.get(kind)
    if (url !== undefined) endpoints.set(kind, url)
  }
  return endpoints
}

/** Of all instances, each once. */
export async function readUrls(query: Query): Promise<readonly string[]> {
  const rows = await query.selectFrom('callback_endpoint').select('url').distinct().execute()
  return rows.map(({ url }) => url)
}

/** A record and not a list, so that a new kind can not be forgotten here. */
const everyKind: Record<EventKind, true> = {
  'message.sent': true,
  'message.failed': true,
  'message.status-changed': true,
  'message.received': true,
  'call.changed': true,
  'chat.presence-changed': true,
  'instance.connected': true,
  'instance.disconnected': true,
  'instance.proxy-failed': true,
}

export const eventKinds: readonly EventKind[] = Object.keys(everyKind).filter(isEventKind)

function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(everyKind, text)
}

/**
 * The SQL of table `callback_endpoint`: where an instance wants which events. A URL whose receiver
 * answered 410 stays in it, disabled: nothing goes there, and it can be switched on again.
 */

import type { Kysely } from 'kysely'
import type { Transaction } from '../db/database.js'
import type { Schema } from '../db/schema.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

/** `message.undeliverable` goes where `message.failed` goes. */
export type EventKind = Exclude<GatewayEvent['kind'], 'message.undeliverable'>

type Query = Kysely<Schema>

/** A URL that gets nothing any more because its receiver answered 410. */
export interface DisabledEndpoint {
  readonly instanceId: InstanceId
  readonly url: string
  readonly kinds: readonly EventKind[]
  readonly disabledAt: EpochMs
}

/**
 * One statement, so a caller that sets the same kinds at the same moment wins
 * or loses with all of them; `undefined` removes them.
 */
export async function writeEndpoint(
  { query, changes }: Transaction,
  instanceId: InstanceId,
  kinds: readonly EventKind[],
  url: string | undefined,
): Promise<void> {
  if (kinds.length === 0) return
  changes('callback_endpoint', instanceId)
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
        .doUpdateSet((row) => ({ url: row.ref('excluded.url'), disabled_at: null })),
    )
    .execute()
}

/** The receiver at the URL is gone. Gives whether anything went there until now. */
export async function disableUrl(
  { query, changes }: Transaction,
  instanceId: InstanceId,
  url: string,
  now: EpochMs,
): Promise<boolean> {
  changes('callback_endpoint', instanceId)
  const { numUpdatedRows } = await query
    .updateTable('callback_endpoint')
    .set({ disabled_at: now })
    .where('instance_id', '=', instanceId)
    .where('url', '=', url)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Switches the URL on again for the kinds that it was disabled for, and gives them. */
export async function enableUrl(
  { query, changes }: Transaction,
  instanceId: InstanceId,
  url: string,
): Promise<readonly string[]> {
  changes('callback_endpoint', instanceId)
  const rows = await query
    .updateTable('callback_endpoint')
    .set({ disabled_at: null })
    .where('instance_id', '=', instanceId)
    .where('url', '=', url)
    .where('disabled_at', 'is not', null)
    .returning('event_kind')
    .execute()
  return rows.map(({ event_kind }) => event_kind)
}

/** The disabled URLs of one instance, or of all, each with its kinds. */
export async function readDisabled(
  query: Query,
  instanceId?: InstanceId,
): Promise<readonly DisabledEndpoint[]> {
  let rows = query
    .selectFrom('callback_endpoint')
    .select(['instance_id', 'event_kind', 'url', 'disabled_at'])
    .where('disabled_at', 'is not', null)
    .orderBy('instance_id')
    .orderBy('url')
    .orderBy('event_kind')
  if (instanceId !== undefined) rows = rows.where('instance_id', '=', instanceId)
  const found = new Map<
    string,
    { -readonly [Key in keyof DisabledEndpoint]: DisabledEndpoint[Key] }
  >()
  for (const { instance_id, event_kind, url, disabled_at } of await rows.execute()) {
    if (!isEventKind(event_kind)) continue
    const key = JSON.stringify([instance_id, url])
    const { kinds = [] } = found.get(key) ?? {}
    const disabledAt = disabled_at ?? 0
    found.set(key, { instanceId: instance_id, url, kinds: [...kinds, event_kind], disabledAt })
  }
  return [...found.values()]
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
    .where('disabled_at', 'is', null)
    .execute()
  const urls = new Map(rows.map((row) => [row.event_kind, row.url]))
  const endpoints = new Map<EventKind, string>()
  for (const kind of eventKinds) {
    const url = urls.get(kind)
    if (url !== undefined) endpoints.set(kind, url)
  }
  return endpoints
}

/** Of all instances, each once, without the disabled ones. */
export async function readUrls(query: Query): Promise<readonly string[]> {
  const rows = await query
    .selectFrom('callback_endpoint')
    .select('url')
    .where('disabled_at', 'is', null)
    .distinct()
    .execute()
  return rows.map(({ url }) => url)
}

/** A record and not a list, so that a new kind cannot be forgotten here. */
const everyKind: Record<EventKind, null> = {
  'message.sent': null,
  'message.failed': null,
  'message.status-changed': null,
  'message.received': null,
  'call.changed': null,
  'chat.presence-changed': null,
  'instance.connected': null,
  'instance.disconnected': null,
  'instance.passkey-needed': null,
  'instance.proxy-failed': null,
}

export const eventKinds: readonly EventKind[] = Object.keys(everyKind).filter(isEventKind)

function isEventKind(text: string): text is EventKind {
  return Object.hasOwn(everyKind, text)
}

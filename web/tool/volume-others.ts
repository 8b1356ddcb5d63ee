/** Fills what a gateway with many numbers has apart from messages: a pool with its moves, and an audit trail. */

import type { Database } from '../../gateway/src/db/database.js'
import type { Vault } from '../../gateway/src/db/encryption.js'
import { Instances } from '../../gateway/src/instances/instances.js'
import type { Act } from '../../gateway/src/domain/audit.js'
import type { InstanceId } from '../../gateway/src/domain/instance.js'
import { type Move, moveReasons } from '../../gateway/src/domain/pool.js'
import { systemClock } from '../../gateway/src/runtime/clock.js'

const members = 12
const movedMessages = 60
const records = 2_000
const minuteMs = 60_000

const acts: readonly Act[] = [
  'logged-in',
  'instance-renamed',
  'callbacks-replayed',
  'login-refused',
  'settings-changed',
  'messages-cancelled',
]

/** @returns the pool */
export async function fillPool(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  ids: readonly InstanceId[],
  now: number,
): Promise<InstanceId> {
  const endpoints = { setEndpoints: async () => undefined }
  const instances = new Instances({ database, vault, clock: systemClock, endpoints })
  const { instance } = await instances.create({ name: 'Códigos de acesso', isPool: true })
  const chosen = ids.slice(0, members)
  await database.query
    .insertInto('pool_member')
    .values(
      chosen.map((id, at) => ({
        pool_id: instance.id,
        instance_id: id,
        weight: 1 + (at % 3),
        added_at: now - at * minuteMs,
      })),
    )
    .execute()
  const rows = await database.query
    .selectFrom('message')
    .select(['id', 'instance_id'])
    .where('instance_id', 'in', chosen)
    .where('status', '=', 'read')
    .orderBy('sequence', 'desc')
    .limit(movedMessages)
    .execute()
  for (const [at, { id, instance_id }] of rows.entries()) {
    const to = chosen.find((each) => each === instance_id)
    const from = chosen.find((each) => each !== instance_id)
    if (to === undefined || from === undefined) throw new Error('a pool has two members')
    const why = moveReasons[at % moveReasons.length] ?? 'disconnected'
    const move: Move = { at: now - at * minuteMs, from, to, why }
    await database.query
      .updateTable('message')
      .set({ pool_id: instance.id, moves: JSON.stringify([move]) })
      .where('id', '=', id)
      .execute()
  }
  return instance.id
}

/** 2,000 acts of the last days. */
export async function fillTrail(
  database: Database,
  ids: readonly InstanceId[],
  now: number,
): Promise<void> {
  const rows = Array.from({ length: records }, (_, at) => ({
    at: now - (records - at) * 3 * minuteMs,
    role: at % 3 === 0 ? ('console-operator' as const) : ('administrator' as const),
    name: at % 3 === 0 ? 'Maria Aparecida dos Santos Albuquerque' : 'ana',
    address: at % 4 === 0 ? '2001:db8:85a3::8a2e:370:7334' : '203.0.113.20',
    act: acts[at % acts.length] ?? 'logged-in',
    instance_id: at % 2 === 1 ? (ids[at % ids.length] ?? null) : null,
    detail: null,
  }))
  for (let at = 0; at < rows.length; at += 500)
    await database.query
      .insertInto('audit')
      .values(rows.slice(at, at + 500))
      .execute()
}

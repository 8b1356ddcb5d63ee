import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { aListeningNode } from '../../test/support/listening-node.js'
import { newInstanceId } from '../runtime/ids.js'
import { payloadsOf } from './notifications.js'

test('a node reads again what another changed, and hears of its work', async () => {
  const url = await temporaryPostgres()
  const [one, two] = [aListeningNode(url, 'one'), aListeningNode(url, 'two')]
  await Promise.all([one.hears(), two.hears()])
  const id = newInstanceId()
  const before = two.signals.versionOf('instance', id)
  one.signals.begin('instance', id)()
  one.signals.tellOwner('queue', id)
  await vi.waitFor(() => expect(two.heard).toEqual([['queue', id]]), 60_000)
  expect(two.signals.versionOf('instance', id)).not.toBe(before)
  expect(one.heard).toEqual([])
})

test('while a node hears nothing, nothing counts as unchanged, and everything has changed afterwards', async () => {
  const url = await temporaryPostgres()
  const node = aListeningNode(url, 'one')
  const id = newInstanceId()
  expect(node.signals.versionOf('instance', id)).toBeUndefined()
  await node.hears()
  const before = node.signals.versionOf('instance', id)
  expect(before).toBeDefined()
  await cut(url)
  await vi.waitFor(() => expect(node.missed()).toBe(2), 60_000)
  expect(node.signals.versionOf('instance', id)).not.toBe(before)
})

test('many signals go in payloads that PostgreSQL takes', () => {
  const texts = Array.from({ length: 1_000 }, (_, n) => `queue ${'x'.repeat(32)}${n}`)
  const payloads = payloadsOf('node', texts)
  expect(payloads).toHaveLength(7)
  for (const payload of payloads) expect(payload.length).toBeLessThan(8_000)
  expect(payloads.map((payload) => payload.split('\n')[0])).toEqual(payloads.map(() => 'node'))
  expect(payloads.flatMap((payload) => payload.split('\n').slice(1))).toEqual(texts)
})

test.each([
  [6_995, 1],
  [6_996, 2],
])('a signal of %i bytes behind the name of a node takes %i payloads', (bytes, count) => {
  expect(payloadsOf('node', ['x'.repeat(bytes)])).toHaveLength(count)
})

/** As a restart of the server would. */
async function cut(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'recado signals' and datname = current_database()`,
  )
  await client.end()
}

/** What nodes say to each other, as PostgreSQL carries it. */

import { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { aListeningNode } from '../../test/support/listening-node.js'
import { newInstanceId } from '../runtime/ids.js'

/** Listens, and says what it is told to. */
async function aListener(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  const payloads: (string | undefined)[] = []
  client.on('notification', ({ payload }) => payloads.push(payload))
  await client.query('listen recado')
  return {
    payloads,
    say: (text: string) => client.query('select pg_notify($1, $2)', ['recado', text]),
    count: async () => {
      const { rows } = await client.query(
        `select 1 from pg_stat_activity
         where application_name = 'recado signals' and datname = current_database()`,
      )
      return rows.length
    },
  }
}

test('signals of one moment go together, those of another later, and nothing without one', async () => {
  const url = await temporaryPostgres()
  const listener = await aListener(url)
  const node = aListeningNode(url, 'one')
  node.signals.tellOwner('queue', 'A')
  node.signals.tellNews('seen-session', 'B')
  node.signals.tellOwner('queue', 'A')
  await node.hears()
  await vi.waitFor(() => expect(listener.payloads).toHaveLength(1), 60_000)
  node.signals.tellOwner('deliveries', 'C')
  await vi.waitFor(() => expect(listener.payloads).toHaveLength(2), 60_000)
  await listener.say('the end')
  await vi.waitFor(() => expect(listener.payloads).toContain('the end'), 60_000)
  expect(listener.payloads).toEqual([
    'one\nqueue A\nseen-session B',
    'one\ndeliveries C',
    'the end',
  ])
})

test('a node takes from a payload what it knows, and leaves its own', async () => {
  const url = await temporaryPostgres()
  const listener = await aListener(url)
  const node = aListeningNode(url, 'one')
  await node.hears()
  const id = newInstanceId()
  const before = node.signals.versionOf('instance', id)
  await listener.say(`one\nqueue ${id}\ninstance ${id}\nseen-session ${id}`)
  await listener.say('')
  expect(node.signals.versionOf('instance', id)).toBe(before)
  await listener.say(
    ['two', 'queue no-id', `nonsense ${id}`, '', `deliveries ${id}`, `queue ${id}`]
      .concat([`seen-session ${id}`, 'login-ended', `instance ${id}`])
      .join('\n'),
  )
  await vi.waitFor(() => expect(node.news).toHaveLength(2), 60_000)
  expect(node.news).toEqual([
    ['seen-session', id],
    ['login-ended', ''],
  ])
  expect(node.heard).toEqual([
    ['deliveries', id],
    ['queue', id],
  ])
  expect(node.signals.versionOf('instance', id)).not.toBe(before)
})

test('a signal that PostgreSQL does not take costs the connection, and the next ones go', async () => {
  const url = await temporaryPostgres()
  const listener = await aListener(url)
  const node = aListeningNode(url, 'one')
  await node.hears()
  node.signals.tellOwner('queue', 'x'.repeat(9_000))
  await node.hears(2)
  node.signals.tellOwner('queue', 'A')
  await vi.waitFor(() => expect(listener.payloads).toContain('one\nqueue A'), 60_000)
  await vi.waitFor(async () => expect(await listener.count()).toBe(1), 60_000)
})

test('a node has one connection however often it is started, and none after its end', async () => {
  const url = await temporaryPostgres()
  const listener = await aListener(url)
  const node = aListeningNode(url, 'one')
  node.notifications.start()
  await node.hears()
  expect(await listener.count()).toBe(1)
  await node.notifications[Symbol.asyncDispose]()
  await vi.waitFor(async () => expect(await listener.count()).toBe(0), 60_000)
  node.signals.tellOwner('queue', 'A')
  await listener.say('the end')
  await vi.waitFor(() => expect(listener.payloads).toEqual(['the end']), 60_000)
})

import { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import type { InstanceId } from '../domain/instance.js'
import { systemClock } from '../runtime/clock.js'
import { newInstanceId } from '../runtime/ids.js'
import { silentLog } from '../runtime/telemetry.js'
import { Notifications, payloadsOf } from './notifications.js'
import { Signals, type Work } from './signals.js'

function aNode(url: string, nodeId: string) {
  const signals = new Signals()
  const heard: (readonly [Work, InstanceId])[] = []
  let missed = 0
  const notifications = new Notifications({
    url,
    nodeId,
    signals,
    heard: (work, id) => void heard.push([work, id]),
    missed: () => (missed += 1),
    clock: systemClock,
    log: silentLog,
  })
  onTestFinished(() => notifications[Symbol.asyncDispose]())
  notifications.start()
  return {
    signals,
    heard,
    missed: () => missed,
    hears: () => vi.waitFor(() => expect(missed).toBe(1)),
  }
}

test('a node reads again what another changed, and hears of its work', async () => {
  const url = await temporaryPostgres()
  const [one, two] = [aNode(url, 'one'), aNode(url, 'two')]
  await Promise.all([one.hears(), two.hears()])
  const id = newInstanceId()
  const before = two.signals.versionOf('instance', id)
  one.signals.begin('instance', id)()
  one.signals.tellOwner('queue', id)
  await vi.waitFor(() => expect(two.heard).toEqual([['queue', id]]), 10_000)
  expect(two.signals.versionOf('instance', id)).not.toBe(before)
  expect(one.heard).toEqual([])
})

test('while a node hears nothing, nothing counts as unchanged, and everything has changed afterwards', async () => {
  const url = await temporaryPostgres()
  const node = aNode(url, 'one')
  const id = newInstanceId()
  expect(node.signals.versionOf('instance', id)).toBeUndefined()
  await node.hears()
  const before = node.signals.versionOf('instance', id)
  expect(before).toBeDefined()
  await cut(url)
  await vi.waitFor(() => expect(node.missed()).toBe(2), 10_000)
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

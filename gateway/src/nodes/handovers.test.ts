import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestPostgres } from '../../test/support/databases.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { openDatabase } from '../db/open-database.js'
import type { InstanceId } from '../domain/instance.js'
import { Handovers } from './handovers.js'
import { LeaseStore } from './lease-store.js'

const leaseMs = 12_000
const ids = ['A', 'B'] as unknown as readonly InstanceId[]
const [first] = ids as readonly [InstanceId]

let nowMs = 0
const store = new LeaseStore({ leaseMs, now: () => sql`${sql.lit(nowMs)}::bigint` })
let database: Database
let handovers: Handovers
let drop: () => Promise<void>

beforeAll(async () => {
  const made = await createTestPostgres()
  drop = () => made.drop()
  database = await openDatabase({ url: made.url })
  handovers = new Handovers(database.query)
})

afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await drop()
})

beforeEach(async () => {
  nowMs = 1_000_000
  for (const table of ['handover', 'instance_lease', 'instance', 'node'] as const)
    await database.query.deleteFrom(table).execute()
  await insertInstances(database, ids)
  await heartbeat('one')
  await heartbeat('two')
})

const heartbeat = (id: string) =>
  store.heartbeat(database.query, { id, url: `http://${id}`, version: '1', isLeaving: false })
const take = (id: string) => store.take(database.query, id, { instanceId: first })
const tell = (id: string, state: string) =>
  store.tellStandings(database.query, id, new Map([[first, JSON.stringify({ state })]]))

test('the first node of an instance takes it from none', async () => {
  await take('one')
  expect(await handovers.latest(10)).toEqual([])
  expect(await handovers.longestFreeMs()).toBe(0)
})

test('an instance that is given up says since when it had no node, and when its session was open again', async () => {
  await take('one')
  nowMs += 5_000
  await store.giveUp(database.query, 'one', { instanceId: first, epoch: 1 })
  nowMs += 300
  await take('two')
  nowMs += 100
  await tell('two', 'connecting')
  const open = { from: 'http://one', to: 'http://two', isPlanned: true, freeSince: 1_005_000 }
  expect(await handovers.latest(10)).toEqual([
    { instanceId: first, ...open, takenAt: 1_005_300, openAt: undefined },
  ])
  nowMs += 400
  await tell('two', 'open')
  nowMs += 9_000
  await tell('two', 'waiting')
  await tell('two', 'open')
  expect(await handovers.latest(10)).toEqual([
    { instanceId: first, ...open, takenAt: 1_005_300, openAt: 1_005_800 },
  ])
})

test('an instance of a silent node is without one since the last heartbeat', async () => {
  await take('one')
  nowMs += 2_000
  await heartbeat('one')
  nowMs += leaseMs + 500
  await heartbeat('two')
  await take('two')
  expect(await handovers.latest(10)).toMatchObject([
    { isPlanned: false, freeSince: 1_002_000, takenAt: 1_002_000 + leaseMs + 500 },
  ])
  expect(await handovers.longestFreeMs()).toBe(leaseMs + 500)
})

test('a node that ends gives up all at that moment, and the newest hand-over comes first', async () => {
  await take('one')
  await store.remove(database.query, 'one')
  nowMs += 40
  await take('two')
  await store.remove(database.query, 'two')
  nowMs += 1_000
  await heartbeat('one')
  await take('one')
  expect(await handovers.latest(1)).toMatchObject([{ to: 'http://one', freeSince: 1_000_040 }])
  expect(await handovers.latest(2)).toHaveLength(2)
  expect(await handovers.purge(nowMs + 7 * 24 * 3_600_000)).toBe(1)
  expect(await handovers.latest(2)).toHaveLength(1)
})

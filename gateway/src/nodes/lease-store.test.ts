import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestPostgres } from '../../test/support/databases.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { Fence, stillHeld } from '../db/fence.js'
import { openDatabase } from '../db/open-database.js'
import { LeaseLostError, StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import { LeaseStore } from './lease-store.js'

const leaseMs = 12_000
const ids = ['A', 'B', 'C', 'D'] as unknown as readonly InstanceId[]
const [first] = ids as readonly [InstanceId]

let nowMs = 0
const store = new LeaseStore({ leaseMs, now: () => sql`${sql.lit(nowMs)}::bigint` })
let database: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const made = await createTestPostgres()
  drop = () => made.drop()
  database = await openDatabase({ url: made.url })
})

afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await drop()
})

beforeEach(async () => {
  nowMs = 1_000_000
  await database.query.deleteFrom('instance').execute()
  await database.query.deleteFrom('node').execute()
  await insertInstances(database, ids)
})

const heartbeat = (id: string, isLeaving = false) =>
  store.heartbeat(database.query, { id, url: `http://${id}`, version: '1', isLeaving })
const take = (id: string, most = 10) => store.take(database.query, id, { most })

test('an instance that another living node runs is not taken', async () => {
  await heartbeat('one')
  await heartbeat('two')
  expect(await take('one', 3)).toHaveLength(3)
  expect(await take('two')).toHaveLength(1)
  expect(await take('two')).toEqual([])
  expect(await store.take(database.query, 'two', { instanceId: first })).toEqual([])
  expect(await store.ownerOf(database.query, first)).toMatchObject({
    nodeId: 'one',
    url: 'http://one',
    epoch: 1,
  })
})

test('two nodes that take at the same moment share what is free', async () => {
  await heartbeat('one')
  await heartbeat('two')
  const [one, two] = await Promise.all([take('one'), take('two')])
  expect([...one, ...two].map(({ instanceId }) => instanceId).toSorted()).toEqual(ids)
})

test('what a node ran that went silent is free, and its epoch counts up', async () => {
  await heartbeat('one')
  await take('one')
  nowMs += leaseMs - 1
  await heartbeat('two')
  expect(await take('two')).toEqual([])
  nowMs += 1
  expect(await store.ownerOf(database.query, first)).toBeUndefined()
  expect(await take('two')).toContainEqual({
    instanceId: first,
    epoch: 2,
    before: { isPlanned: false, freeMs: leaseMs },
  })
})

test('what is given up is free at once, but not by an epoch of before', async () => {
  await heartbeat('one')
  await heartbeat('two')
  await take('one', 1)
  await store.giveUp(database.query, 'one', { instanceId: first, epoch: 0 })
  expect(await store.ownerOf(database.query, first)).toMatchObject({ nodeId: 'one' })
  await store.giveUp(database.query, 'one', { instanceId: first, epoch: 1 })
  expect(await take('two', 1)).toMatchObject([
    { instanceId: first, epoch: 2, before: { isPlanned: true } },
  ])
})

test('what is left with it reaches the next owner, and counts for none after a node that went silent', async () => {
  await heartbeat('one')
  await heartbeat('two')
  await take('one', 1)
  const left = JSON.stringify({ state: 'idle' })
  await store.giveUp(database.query, 'one', { instanceId: first, epoch: 1 }, left)
  expect(await take('two', 1)).toMatchObject([{ before: { isPlanned: true, left } }])
  // Until the new owner tells how the session stands, nothing stands there.
  expect(await store.standingsElsewhere(database.query, 'one')).toEqual(new Map())
  await store.tellStandings(database.query, 'two', new Map([[first, left]]))
  nowMs += leaseMs
  await heartbeat('one')
  const [taken] = await take('one', 1)
  expect(taken?.before).toEqual({ isPlanned: false, freeMs: leaseMs, left: undefined })
})

test('a node that listens by now tells where', async () => {
  const node = { id: 'one', version: '1', isLeaving: false }
  await store.heartbeat(database.query, { ...node, url: '' })
  await store.heartbeat(database.query, { ...node, url: 'http://here' })
  const { nodes } = await store.census(database.query)
  expect(nodes).toMatchObject([{ url: 'http://here' }])
})

test('the census counts the living nodes with what they run, and all instances', async () => {
  await heartbeat('gone')
  await take('gone', 1)
  nowMs += leaseMs
  await heartbeat('one')
  await take('one', 3)
  nowMs += 700
  await heartbeat('two', true)
  const { nodes, instances } = await store.census(database.query)
  expect(instances).toBe(4)
  expect(nodes).toMatchObject([
    { id: 'one', owned: 3, heartbeatAgoMs: 700, isLeaving: false },
    { id: 'two', owned: 0, heartbeatAgoMs: 0, isLeaving: true },
  ])
})

test('a node that ends leaves nothing, and one that went silent is forgotten an hour later', async () => {
  await heartbeat('one')
  await heartbeat('two')
  await take('one')
  await store.remove(database.query, 'one')
  expect(await take('two')).toHaveLength(4)
  nowMs += 3_600_001
  expect(await store.purge(database.query)).toBe(1)
  expect(await database.query.selectFrom('node').select('id').execute()).toEqual([])
})

test('a write is refused when another node has taken the instance, also if it looked just before', async () => {
  await heartbeat('one')
  const fence = await holding('one', first)
  nowMs += leaseMs
  await heartbeat('two')
  const late = fence.proofOf(first)
  await store.take(database.query, 'two', { instanceId: first })

  const write = database.transaction(async ({ query }) => {
    await fence.prove(query, first)
    await rename(query, 'written by the old owner')
  })
  await expect(write).rejects.toThrow(LeaseLostError)
  const { numUpdatedRows } = await database.query
    .updateTable('instance')
    .set({ name: 'written by the old owner' })
    .where('id', '=', first)
    .where(late === undefined ? sql.lit(true) : stillHeld(first, late))
    .executeTakeFirstOrThrow()
  expect(numUpdatedRows).toBe(0n)
})

test('while a write of the owner stands open, no other node takes the instance', async () => {
  await heartbeat('one')
  const fence = await holding('one', first)
  nowMs += leaseMs
  await heartbeat('two')
  const { query: outside } = database
  await database.transaction(async ({ query }) => {
    await fence.prove(query, first)
    expect(await store.take(outside, 'two', { instanceId: first })).toEqual([])
    await rename(query, 'written by the owner')
  })
  expect(await store.take(database.query, 'two', { instanceId: first })).toHaveLength(1)
})

test('once the own clock says that the lease may be over, nothing is written until the database answers', async () => {
  await heartbeat('one')
  let isOver = false
  const fence = await holding('one', first, () => isOver)
  expect(fence.holds(first)).toBe(true)
  isOver = true
  expect(fence.holds(first)).toBe(false)
  await expect(fence.prove(database.query, first)).rejects.toThrow(StoreUnavailableError)
})

async function holding(
  nodeId: string,
  instanceId: InstanceId,
  isOver = () => false,
): Promise<Fence> {
  const fence = new Fence()
  fence.begin(nodeId, isOver)
  for (const lease of await store.take(database.query, nodeId, { instanceId }))
    fence.hold(lease.instanceId, lease.epoch)
  return fence
}

const rename = (query: Database['query'], name: string) =>
  query.updateTable('instance').set({ name }).where('id', '=', first).execute()

/** A gateway that starts alone does not wait for the lease of the one that was killed. */

import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { openDatabase } from '../db/open-database.js'
import type { InstanceId } from '../domain/instance.js'
import { LeaseStore } from './lease-store.js'

const leaseMs = 60_000
const id = 'A' as unknown as InstanceId
const store = new LeaseStore({ leaseMs })

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url, leaseMs })
  onTestFinished(() => database[Symbol.asyncDispose]())
  return database
}

const live = ({ leases }: Database, node: string) =>
  store.heartbeat(leases, { id: node, url: `http://${node}`, version: '1', isLeaving: false })

/** A node that runs the instance. A kill closes its connections, as disposing does, and stores nothing. */
async function running(url: string): Promise<Database> {
  const database = await open(url)
  await insertInstances(database, [id])
  await live(database, 'killed')
  await store.take(database.leases, 'killed', { most: 10 })
  return database
}

test('takes at once what it ran, and says since when the instance had no node', async () => {
  const url = await temporaryPostgres()
  const killed = await running(url)
  const silentSince = await store.now(killed.query)
  await killed[Symbol.asyncDispose]()
  const next = await open(url)
  await live(next, 'next')
  const [taken] = await store.take(next.leases, 'next', { most: 10 })
  const passedMs = (await store.now(next.query)) - silentSince
  expect(taken).toMatchObject({ epoch: 2, before: { isPlanned: false } })
  expect(taken?.before?.freeMs).toBeLessThanOrEqual(passedMs + 1_000)
  expect((await store.census(next.query)).nodes.map((node) => node.id)).toEqual(['next'])
})

test('waits for the lease while any other gateway is connected', async () => {
  const url = await temporaryPostgres()
  const killed = await running(url)
  const other = await open(url)
  await killed[Symbol.asyncDispose]()
  const next = await open(url)
  await live(next, 'next')
  expect(await store.take(next.leases, 'next', { most: 10 })).toEqual([])
  await other[Symbol.asyncDispose]()
})

test('a node that only lost its connections is refused by its epoch, and lives on', async () => {
  const url = await temporaryPostgres()
  const cutOff = await running(url)
  await cutOff[Symbol.asyncDispose]()
  const next = await open(url)
  await live(next, 'next')
  await store.take(next.leases, 'next', { most: 10 })
  const back = await open(url)
  await live(back, 'killed')
  expect(await store.heldBy(back.leases, 'killed')).toEqual([])
  back.fence.begin('killed', () => false)
  back.fence.hold(id, 1)
  await expect(back.transaction(({ query }) => back.fence.prove(query, id))).rejects.toThrow(
    'Another node',
  )
})

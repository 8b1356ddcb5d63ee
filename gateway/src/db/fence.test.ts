import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { LeaseLostError, StoreUnavailableError } from '../domain/errors.js'
import type { Database } from './database.js'
import { Fence, stillHeld } from './fence.js'
import { openDatabase } from './open-database.js'

const [one, other] = [instanceIdOf('A'), instanceIdOf('B')]

describe('a fence', () => {
  test('asks for no lease until it begins', () => {
    const fence = new Fence()
    expect([fence.isOn, fence.runs(one), fence.holds(one)]).toEqual([false, true, true])
    expect(fence.proofOf(one)).toBeUndefined()
  })

  test('lets this process act for what it holds, and begin work for what it runs', () => {
    const fence = new Fence()
    fence.begin('node', () => false)
    expect([fence.isOn, fence.runs(one), fence.holds(one)]).toEqual([true, false, false])
    fence.hold(one, 3)
    expect([fence.runs(one), fence.holds(one)]).toEqual([false, true])
    fence.run(one)
    expect([fence.runs(one), fence.holds(one)]).toEqual([true, true])
    fence.rest(one)
    expect([fence.runs(one), fence.holds(one)]).toEqual([false, true])
    fence.run(one)
    fence.drop(one)
    expect([fence.runs(one), fence.holds(one)]).toEqual([false, false])
  })

  test('proves what it holds, until its leases are over', () => {
    let isOver = false
    const fence = new Fence()
    fence.begin('node', () => isOver)
    fence.hold(one, 3)
    fence.run(one)
    expect(fence.proofOf(one)).toEqual({ nodeId: 'node', epoch: 3 })
    expect(() => fence.proofOf(other)).toThrow(LeaseLostError)
    isOver = true
    expect([fence.runs(one), fence.holds(one)]).toEqual([false, false])
    expect(() => fence.proofOf(one)).toThrow(StoreUnavailableError)
  })
})

describe('in the database', () => {
  let database: Database
  let fence: Fence

  beforeEach(async () => {
    database = await openDatabase({ url: await temporaryPostgres() })
    await insertInstances(database, [one, other])
    const lease = { epoch: 3, taken_at: 0 }
    await database.query
      .insertInto('instance_lease')
      .values([
        { ...lease, instance_id: one, node_id: 'node' },
        { ...lease, instance_id: other, node_id: 'other node' },
      ])
      .execute()
    fence = new Fence()
    fence.begin('node', () => false)
    fence.hold(one, 3)
    fence.hold(other, 3)
  })
  afterEach(() => database[Symbol.asyncDispose]())

  const prove = (instanceId: typeof one) =>
    database.transaction(({ query }) => fence.prove(query, instanceId))

  const found = (by: Fence) =>
    database.query
      .selectFrom('instance')
      .select('id')
      .where(by.heldInRow('instance.id'))
      .orderBy('id')
      .execute()
  const isHeld = async (nodeId: string, epoch: number) => {
    const { rows } = await sql`select 1 where ${stillHeld(one, { nodeId, epoch })}`.execute(
      database.query,
    )
    return rows.length === 1
  }

  test('a lease is proven by its node and epoch', async () => {
    await expect(new Fence().prove(database.query, other)).resolves.toBeUndefined()
    await expect(prove(one)).resolves.toBeUndefined()
    await expect(prove(other)).rejects.toThrow(LeaseLostError)
    fence.hold(one, 2)
    await expect(prove(one)).rejects.toThrow(LeaseLostError)
  })

  test('a statement about many instances is about those of this node', async () => {
    expect(await found(fence)).toEqual([{ id: one }])
    expect(await found(new Fence())).toHaveLength(2)
  })

  test('a statement about one holds for the proof of its owner alone', async () => {
    expect(await isHeld('node', 3)).toBe(true)
    expect(await isHeld('node', 2)).toBe(false)
    expect(await isHeld('other node', 3)).toBe(false)
  })
})

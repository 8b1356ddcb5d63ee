/** What a node asks about its leases waits for no other statement, and not for a link that is dead. */

import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { StoreUnavailableError } from '../domain/errors.js'
import { openDatabase } from './open-database.js'

/** `query` and `leases` have ten connections and two. */
const allConnections = 12

async function openShared(leaseMs: number) {
  const url = await temporaryPostgres()
  const proxy = await FaultProxy.before(url)
  const database = await openDatabase({ url: proxy.through(url), leaseMs })
  onTestFinished(async () => {
    proxy.heal()
    await database[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
  })
  return { database, proxy }
}

test('a heartbeat goes through while all other connections wait', async () => {
  const { database } = await openShared(12_000)
  const { query, leases } = database
  const held = await database.snapshot()
  await sql`select pg_advisory_lock(7)`.execute(held.query)
  const waiting = Array.from({ length: allConnections }, () =>
    database.transaction(({ query: inside }) =>
      sql`select pg_advisory_xact_lock(7)`.execute(inside),
    ),
  )
  await expect(sql`select 1 as one`.execute(leases)).resolves.toMatchObject({ rows: [{ one: 1 }] })
  await sql`select pg_advisory_unlock(7)`.execute(held.query)
  await held[Symbol.asyncDispose]()
  await Promise.all(waiting)
  expect((await sql`select 1 as one`.execute(query)).rows).toEqual([{ one: 1 }])
})

test('on a link that swallows everything a heartbeat fails before the lease is over, and another one gets through', async () => {
  const { database, proxy } = await openShared(3_000)
  const { query, leases } = database
  await sql`select 1`.execute(leases)
  await sql`select 1`.execute(query)
  proxy.blackHole()
  let isOrdinaryOver = false
  const ordinary = sql`select 1`.execute(query).then(
    () => (isOrdinaryOver = true),
    () => (isOrdinaryOver = true),
  )
  await expect(sql`select 1`.execute(leases)).rejects.toThrow(StoreUnavailableError)
  expect(isOrdinaryOver).toBe(false)
  proxy.heal()
  await expect
    .poll(() => sql`select 1 as one`.execute(leases), { timeout: 60_000 })
    .toMatchObject({ rows: [{ one: 1 }] })
  await ordinary
})

test('a statement after a link was healed gets its answer, also while an attempt from before waits on a dead connection', async () => {
  const { database, proxy } = await openShared(3_000)
  const { query } = database
  let isAttempted = false
  proxy.onBytes = (bytes, from) => {
    if (from !== 'caller' || !bytes.includes('lock_timeout')) return
    isAttempted = true
    proxy.blackHole()
  }
  proxy.cut()
  const early: Promise<unknown>[] = []
  const attempt = () => {
    early.push(sql`select 1`.execute(query).catch(() => undefined))
    return isAttempted
  }
  await expect.poll(attempt, { timeout: 60_000 }).toBe(true)
  proxy.onBytes = undefined
  proxy.halfOpen()
  proxy.heal()
  await expect(sql`select 1 as one`.execute(query)).resolves.toMatchObject({ rows: [{ one: 1 }] })
  await Promise.all(early)
})

test('a gateway that has its database alone asks over the connections of all', async () => {
  const database = await openDatabase({ url: await temporaryPostgres() })
  onTestFinished(() => database[Symbol.asyncDispose]())
  expect(database.leases).toBe(database.query)
})

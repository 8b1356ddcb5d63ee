/** PostgreSQL as the gateway opens it, before there are tables. */

import { sql } from 'kysely'
import { Client } from 'pg'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { ConfigError, StoreUnavailableError } from '../domain/errors.js'
import { type OpenedPostgres, openPostgres } from './postgres.js'

let url: string
let admin: Client

beforeEach(async () => {
  url = await temporaryPostgres()
  admin = new Client({ connectionString: url, application_name: 'the test' })
  await admin.connect()
  // The database goes away with it.
  admin.on('error', () => {})
  onTestFinished(() => admin.end())
})

const opened = async (place = url, leaseMs?: number): Promise<OpenedPostgres> => {
  const postgres = await openPostgres(place, 50, leaseMs)
  onTestFinished(() => postgres.close().catch(() => {}))
  return postgres
}
const refusalOf = (leaseMs?: number): Promise<unknown> =>
  openPostgres(url, 50, leaseMs).then(
    (postgres) => postgres.close(),
    (cause: unknown) => cause,
  )
const ask = async ({ query }: Pick<OpenedPostgres, 'query'>, what: string): Promise<unknown> => {
  const { rows } = await sql<{ it: unknown }>`select ${sql.raw(what)} as it`.execute(query)
  return rows[0]?.it
}
const setting = (postgres: Pick<OpenedPostgres, 'query'>, name: string) =>
  ask(postgres, `current_setting('${name}')`)
const isolation = (query: OpenedPostgres['query']) => setting({ query }, 'transaction_isolation')
const connections = async () => {
  const { rows } = await admin.query(
    `select application_name as name from pg_stat_activity
     where datname = current_database() and application_name <> 'the test'`,
  )
  return rows.map(({ name }) => String(name))
}
const lockOwners = async () => {
  const { rows } = await admin.query(
    `select pid from pg_locks join pg_database on pg_database.oid = database
     where locktype = 'advisory' and datname = current_database()`,
  )
  return rows
}
const cut = () =>
  admin.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )

test('tells what a statement read, and how many rows one changed', async () => {
  const postgres = await opened()
  const run = (text: string, ...values: readonly unknown[]) =>
    sql
      .join([sql.raw(text), ...values.map((value) => sql`${value}`)], sql``)
      .execute(postgres.query)
  expect(await ask(postgres, '5::int8')).toBe(5)
  expect(await ask(postgres, '5::int4')).toBe(5)
  expect(await ask(postgres, `'5'::text`)).toBe('5')
  expect(await run('select 1 + ', 2)).toMatchObject({ rows: [{ '?column?': 3 }] })
  expect((await run('select 1')).numAffectedRows).toBeUndefined()
  const changes = [
    'create table t (n int8)',
    'insert into t values (1), (2), (3)',
    'update t set n = 4 where n > 1',
    'merge into t using (select 4 as n) as s on t.n = s.n when matched then delete',
    'delete from t',
  ]
  const counts: unknown[] = []
  for (const change of changes) counts.push((await run(change)).numAffectedRows)
  expect(counts).toEqual([undefined, 3n, 2n, 2n, 1n])
})

test('has the isolation that each work needs, whatever the server’s own is', async () => {
  const own = new URL(url)
  own.searchParams.set('options', '-c default_transaction_isolation=serializable')
  const postgres = await opened(own.href)
  const committed = vi.fn<() => void>()
  expect(await isolation(postgres.query)).toBe('serializable')
  expect(await postgres.transaction(isolation, committed)).toBe('read committed')
  expect(committed).toHaveBeenCalledTimes(1)
  const broken = postgres.transaction(async () => {
    throw new Error('second thoughts')
  }, committed)
  await expect(broken).rejects.toThrow('second thoughts')
  expect(committed).toHaveBeenCalledTimes(1)
  await expect(postgres.synced()).resolves.toBeUndefined()
  for (let count = 0; count < 12; count += 1) {
    await using snapshot = await postgres.snapshot()
    expect(await isolation(snapshot.query)).toBe('repeatable read')
    expect(await setting(snapshot, 'transaction_read_only')).toBe('on')
  }
})

test('alone has one kind of connection, and all of them end with it', async () => {
  const postgres = await opened()
  expect(postgres.leases).toBeUndefined()
  expect(await setting(postgres, 'idle_in_transaction_session_timeout')).toBe('0')
  expect(await connections()).toEqual(['recado', 'recado'])
  await postgres.close()
  await vi.waitFor(async () => expect(await connections()).toEqual([]), 60_000)
})

test('with other nodes has connections of its own for leases, and all of them end with it', async () => {
  const postgres = await opened(url, 30_000)
  const { leases } = postgres
  if (leases === undefined) throw new Error('there are no leases')
  expect(await setting(postgres, 'idle_in_transaction_session_timeout')).toBe('4s')
  expect(await setting({ query: leases }, 'idle_in_transaction_session_timeout')).toBe('4s')
  expect(await ask({ query: leases }, '5::int8')).toBe(5)
  expect(await connections()).toEqual(['recado', 'recado', 'recado'])
  await postgres.close()
  await vi.waitFor(async () => expect(await connections()).toEqual([]), 60_000)
})

test('is held by one gateway alone, or by nodes alone', async () => {
  const alone = await opened()
  for (const leaseMs of [undefined, 30_000]) {
    const refusal = await refusalOf(leaseMs)
    expect(refusal).toBeInstanceOf(ConfigError)
    expect(refusal).toMatchObject({ cause: { code: '55P03' } })
  }
  await alone.close()
  const nodes = [await opened(url, 30_000), await opened(url, 30_000)]
  expect(await refusalOf()).toBeInstanceOf(ConfigError)
  for (const node of nodes) await node.close()
  expect(await refusalOf()).toBeUndefined()
})

test('comes back after all its connections were cut, unless another gateway took it meanwhile', async () => {
  const postgres = await opened()
  expect(await ask(postgres, '1')).toBe(1)
  await cut()
  await vi.waitFor(async () => expect(await ask(postgres, '1')).toBe(1), 60_000)
  expect(await refusalOf()).toBeInstanceOf(ConfigError)
  await cut()
  const other = await opened()
  for (let time = 0; time < 2; time += 1) {
    const refusal: unknown = await ask(postgres, '1').catch((cause: unknown) => cause)
    expect(refusal).toBeInstanceOf(StoreUnavailableError)
    expect(refusal).toMatchObject({ cause: expect.any(ConfigError) as unknown })
  }
  await other.close()
  await vi.waitFor(async () => expect(await ask(postgres, '1')).toBe(1), 60_000)
})

test('a connection that breaks costs what asks over it, and nothing else', async () => {
  const uncaught = vi.fn<() => void>()
  process.on('uncaughtException', uncaught)
  onTestFinished(() => void process.off('uncaughtException', uncaught))
  const postgres = await opened()
  await Promise.all([ask(postgres, '1'), ask(postgres, '1')])
  const inside = postgres.transaction(
    async (query) => {
      await ask({ query }, '1')
      await cut()
      await ask({ query }, '1')
    },
    () => {},
  )
  await expect(inside).rejects.toThrow(StoreUnavailableError)
  await vi.waitFor(async () => expect(await ask(postgres, '1')).toBe(1), 60_000)
  expect(uncaught).not.toHaveBeenCalled()
})

test('many who come after a cut take the lock once', async () => {
  const postgres = await opened()
  await cut()
  await vi.waitFor(() => ask(postgres, '1'), 60_000)
  await Promise.all(Array.from({ length: 5 }, () => ask(postgres, '1')))
  expect(await lockOwners()).toHaveLength(1)
})

test('leaves a statement without an answer, and every connection of that time', async () => {
  const proxy = await FaultProxy.before(url)
  onTestFinished(() => proxy[Symbol.asyncDispose]())
  const postgres = await opened(proxy.through(url))
  const pids = async () => new Set(await Promise.all(Array.from({ length: 3 }, pidOf)))
  const pidOf = () => ask(postgres, 'pg_backend_pid()')
  const before = await pids()
  await expect(ask(postgres, 'wrong')).rejects.toMatchObject({ code: '42703' })
  expect([...(await pids())].every((pid) => before.has(pid))).toBe(true)
  postgres.expectAnswers(300)
  proxy.halfOpen()
  await expect(ask(postgres, '1')).rejects.toThrow(StoreUnavailableError)
  const after = await pids()
  expect([...after].some((pid) => before.has(pid))).toBe(false)
  expect(await refusalOf()).toBeInstanceOf(ConfigError)
  // A slow statement is left too; the link stands, so the lock is where it was.
  const owner = await lockOwners()
  await expect(ask(postgres, 'pg_sleep(20)')).rejects.toThrow(StoreUnavailableError)
  for (let time = 0; time < 2; time += 1) expect(await ask(postgres, '1')).toBe(1)
  expect(await lockOwners()).toEqual(owner)
  await cut()
  await opened()
  const late: unknown = await ask(postgres, '1').catch((cause: unknown) => cause)
  expect(late).toMatchObject({ cause: expect.any(ConfigError) as unknown })
})

test('waits for an answer about leases for a third of their time', async () => {
  const postgres = await openPostgres(url, 5_000, 3_000)
  onTestFinished(() => postgres.close())
  const { leases } = postgres
  if (leases === undefined) throw new Error('there are no leases')
  await expect(ask({ query: leases }, 'pg_sleep(20)')).rejects.toThrow(StoreUnavailableError)
  expect(await ask({ query: leases }, '1')).toBe(1)
})

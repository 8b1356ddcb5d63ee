/** A store that fails for a while: nothing is taken for stored that is not, and it goes on by itself. */

import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { StoreUnavailableError } from '../domain/errors.js'
import type { Database } from './database.js'
import { openDatabase } from './open-database.js'
import type { Schema } from './schema.js'
import { Sqlite } from './sqlite-library.js'
import { isOutage, tellingOutages } from './store-outage.js'

async function throughProxy(): Promise<{ proxy: FaultProxy; database: Database }> {
  const url = await temporaryPostgres()
  const proxy = await FaultProxy.before(url)
  const database = await openDatabase({ url: proxy.through(url) })
  onTestFinished(async () => {
    await database[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
  })
  return { proxy, database }
}

function insert(database: Database, hash: string): Promise<void> {
  return database.transaction(async ({ query }) => {
    await query
      .insertInto('access_token')
      .values({ kind: 'client', hash, created_at: 0 })
      .onConflict((conflict) => conflict.column('kind').doUpdateSet({ hash }))
      .execute()
  })
}

async function stored(database: Database): Promise<string | undefined> {
  const row = await database.query.selectFrom('access_token').select('hash').executeTakeFirst()
  return row?.hash
}

test('says while the link to PostgreSQL is cut that the store is away, and goes on after it', async () => {
  const { proxy, database } = await throughProxy()
  await insert(database, 'before')
  proxy.refuse()
  await expect(insert(database, 'meanwhile')).rejects.toThrow(StoreUnavailableError)
  await expect(stored(database)).rejects.toThrow(StoreUnavailableError)
  proxy.heal()
  expect(await stored(database)).toBe('before')
  await insert(database, 'after')
  expect(await stored(database)).toBe('after')
})

test('a link that is cut in the middle of a transaction undoes it', async () => {
  const { proxy, database } = await throughProxy()
  await insert(database, 'before')
  proxy.cutBefore = (bytes, from) => from === 'caller' && bytes.includes('commit')
  await expect(insert(database, 'half')).rejects.toThrow(StoreUnavailableError)
  proxy.heal()
  expect(await stored(database)).toBe('before')
})

test('a statement of ours that is wrong stays an error of ours', async () => {
  const { database } = await throughProxy()
  const wrong: unknown = await sql`select nothing from nowhere`
    .execute(database.query)
    .catch((cause: unknown) => cause)
  expect(wrong).toBeInstanceOf(Error)
  expect(wrong).not.toBeInstanceOf(StoreUnavailableError)
  expect(isOutage(wrong)).toBe(false)
})

test('what the work threw is told where the link was cut before it could be undone', async () => {
  const { proxy, database } = await throughProxy()
  const work = database.transaction(async () => {
    proxy.refuse()
    throw new Error('second thoughts')
  })
  await expect(work).rejects.toThrow('second thoughts')
  proxy.heal()
  await insert(database, 'after')
  expect(await stored(database)).toBe('after')
})

test('a link that is cut as a transaction begins is an outage', async () => {
  const { proxy, database } = await throughProxy()
  await insert(database, 'before')
  proxy.cutBefore = (bytes, from) => from === 'caller' && bytes.includes('start transaction')
  await expect(insert(database, 'half')).rejects.toThrow(StoreUnavailableError)
  await expect.poll(() => stored(database)).toBe('before')
})

test('a closed database holds no connection', async () => {
  const url = await temporaryPostgres()
  const database = await openDatabase({ url })
  await Promise.all([insert(database, 'one'), stored(database)])
  await database[Symbol.asyncDispose]()
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  onTestFinished(() => client.end())
  const held = async () => {
    const { rows } = await client.query('select 1 from pg_stat_activity where datname = $1', [
      new URL(url).pathname.slice(1),
    ])
    return rows
  }
  await expect.poll(held).toEqual([])
})

test('a database that is not there is no outage', async () => {
  const url = new URL(await temporaryPostgres())
  url.pathname = '/recado_never_made'
  const pool = new Pool({ connectionString: url.href })
  const reading = new Kysely<Schema>({ dialect: tellingOutages(new PostgresDialect({ pool })) })
  onTestFinished(() => reading.destroy())
  const asked = reading.selectFrom('node').selectAll().execute()
  await expect(asked).rejects.toMatchObject({ code: '3D000' })
})

test('what cannot be undone for another reason is told', async () => {
  const driver = tellingOutages(
    new SqliteDialect({ database: new Sqlite(':memory:') }),
  ).createDriver()
  await driver.init()
  onTestFinished(() => driver.destroy())
  const connection = await driver.acquireConnection()
  await expect(driver.rollbackTransaction(connection)).rejects.toThrow('no transaction is active')
  await driver.releaseConnection(connection)
})

test('rows are read at once, and not by a cursor', async () => {
  const { database } = await throughProxy()
  const rows = database.query.selectFrom('node').selectAll().stream()
  await expect(rows.next()).rejects.toThrow('cursors are not in use')
})

const outages = [
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN',
  '08006 53100 57P01 58030 25006',
  'SQLITE_FULL SQLITE_IOERR_WRITE SQLITE_CANTOPEN SQLITE_READONLY_DBMOVED SQLITE_CORRUPT SQLITE_NOTADB',
].flatMap((row) => row.split(' '))
const mistakes = [
  'EACCES 23505 40P01 20853 085 0800600 SQLITE_CONSTRAINT_UNIQUE NO_SQLITE_FULL'.split(' '),
  ['', 53_000, undefined],
].flat()

const known = (code: unknown) => isOutage(Object.assign(new Error('x'), { code }))

test('knows an outage by its code', () => {
  expect(outages.filter((code) => !known(code))).toEqual([])
  expect(mistakes.filter(known)).toEqual([])
  expect(isOutage({ code: 'ECONNREFUSED' })).toBe(false)
})

test('knows an outage without a code by what pg says first', () => {
  const words = [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ]
  expect(words.filter((message) => !isOutage(new Error(message)))).toEqual([])
  expect(words.filter((message) => isOutage(new Error(`column "${message}"`)))).toEqual([])
})

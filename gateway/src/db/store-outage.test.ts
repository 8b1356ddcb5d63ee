/** A store that fails for a while: nothing is taken for stored that is not, and it goes on by itself. */

import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { StoreUnavailableError } from '../domain/errors.js'
import type { Database } from './database.js'
import { openDatabase } from './open-database.js'
import { isOutage } from './store-outage.js'

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

test.each([
  ['SQLITE_FULL', true],
  ['SQLITE_IOERR_WRITE', true],
  ['SQLITE_CONSTRAINT_UNIQUE', false],
  ['53100', true],
  ['57P01', true],
  ['23505', false],
  ['ECONNREFUSED', true],
])('knows %s', (code, expected) => {
  expect(isOutage(Object.assign(new Error('x'), { code }))).toBe(expected)
})

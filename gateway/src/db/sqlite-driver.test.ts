import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { inodeOf, watchDisk } from '../../test/support/watched-disk.js'
import type { Database, Transaction } from './database.js'
import { openDatabase } from './open-database.js'
import { sqliteFileName } from './sqlite.js'

let database: Database
let log: string

beforeEach(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-driver-'))
  log = join(dataDir, `${sqliteFileName}-wal`)
  database = await openDatabase({ dataDir }, 0)
  onTestFinished(async () => {
    await database[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true })
  })
})

const add = (query: Pick<Transaction['query'], 'insertInto'>, hash: 'client' | 'partner') =>
  query.insertInto('access_token').values({ kind: hash, hash, created_at: 0 }).execute()

const hashes = async () =>
  (await database.query.selectFrom('access_token').select('hash').orderBy('hash').execute()).map(
    ({ hash }) => hash,
  )

async function firstOf(query: Pick<Transaction['query'], 'selectFrom'>) {
  return query.selectFrom('access_token').selectAll().stream().next()
}

test('transactions of one moment share a commit, and each runs once, also beside one that fails', async () => {
  const runs: string[] = []
  const wrong = new Error('second thoughts')
  using disk = await watchDisk()
  const results = await Promise.allSettled([
    database.transaction(async ({ query }) => {
      runs.push('fails')
      await add(query, 'client')
      throw wrong
    }),
    database.transaction(async ({ query }) => {
      runs.push('holds')
      await add(query, 'partner')
    }),
  ])
  expect(results).toEqual([
    { status: 'rejected', reason: wrong },
    { status: 'fulfilled', value: undefined },
  ])
  expect(runs).toEqual(['fails', 'holds'])
  expect(await hashes()).toEqual(['partner'])
  expect(disk.synced).toEqual([await inodeOf(log)])
})

test('a transaction that only reads waits for no disk', async () => {
  await add(database.query, 'client')
  using disk = await watchDisk()
  await database.transaction(({ query }) => query.selectFrom('access_token').selectAll().execute())
  await database.synced()
  expect(disk.synced).toEqual([])
})

test('a statement of others is not part of a transaction that is open', async () => {
  const events = new EventEmitter()
  const begun = once(events, 'begun')
  const undone = database.transaction(async ({ query }) => {
    await add(query, 'client')
    events.emit('begun')
    await once(events, 'end')
    throw new Error('second thoughts')
  })
  await begun
  const outside = add(database.query, 'partner')
  events.emit('end')
  await expect(undone).rejects.toThrow('second thoughts')
  await outside
  expect(await hashes()).toEqual(['partner'])
})

test('what can be read can be asked to be on the disk', async () => {
  using disk = await watchDisk()
  const synced = await new Promise<readonly number[]>((resolve, reject) => {
    void database.transaction(async ({ query, onceReadable }) => {
      onceReadable(() => {
        database.synced().then(() => resolve([...disk.synced]), reject)
      })
      await add(query, 'client')
    })
  })
  expect(synced).toEqual([await inodeOf(log)])
})

test('a transaction that is over takes no statement', async () => {
  const query = await database.transaction(async (transaction) => transaction.query)
  await expect(add(query, 'client')).rejects.toThrow('the transaction is over')
  expect(await hashes()).toEqual([])
})

test('a change tells how many rows it changed, and gives none', async () => {
  await add(database.query, 'client')
  await add(database.query, 'partner')
  expect(await sql`update access_token set created_at = 1`.execute(database.query)).toEqual({
    numAffectedRows: 2n,
    rows: [],
  })
})

test('there are no cursors, neither inside a transaction nor outside', async () => {
  await expect(firstOf(database.query)).rejects.toThrow('cursors are not in use')
  await expect(database.transaction(({ query }) => firstOf(query))).rejects.toThrow(
    'cursors are not in use',
  )
})

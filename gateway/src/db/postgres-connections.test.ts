import { sql } from 'kysely'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { ConfigError } from '../domain/errors.js'
import type { Database } from './database.js'
import { openDatabase } from './open-database.js'

let url: string
let database: Database

beforeEach(async () => {
  url = await temporaryPostgres()
  database = await openDatabase({ url }, 200)
  onTestFinished(() => database[Symbol.asyncDispose]())
})

const connection = async () =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.query)).rows[0]?.pid

test('a statement that is refused leaves its connection in use', async () => {
  const before = await connection()
  await expect(sql`select wrong`.execute(database.query)).rejects.toMatchObject({ code: '42703' })
  expect(await connection()).toBe(before)
})

test('a snapshot takes no change', async () => {
  await using snapshot = await database.snapshot()
  const change = snapshot.query.deleteFrom('instance').execute()
  await expect(change).rejects.toMatchObject({ cause: { code: '25006' } })
})

test('a snapshot gives its connection back: there may be more of them than connections', async () => {
  for (let count = 0; count < 12; count += 1) {
    await using snapshot = await database.snapshot()
    expect(await snapshot.query.selectFrom('instance').select('id').execute()).toEqual([])
  }
})

test('a second gateway is refused with the cause', async () => {
  const second: unknown = await openDatabase({ url }, 50).catch((cause: unknown) => cause)
  expect(second).toBeInstanceOf(ConfigError)
  expect(second).toMatchObject({ cause: { code: '55P03' } })
})

import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { ConfigError, StoreUnavailableError } from '../domain/errors.js'
import type { Database } from './database.js'
import { openDatabase } from './open-database.js'
import { openPostgres } from './postgres.js'

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url }, 200)
  onTestFinished(() => database[Symbol.asyncDispose]())
  return database
}

/** Cuts every connection to the database, as its restart would. */
async function cutConnections(url: string): Promise<void> {
  const admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1',
    [new URL(url).pathname.slice(1)],
  )
  await admin.end()
}

const works = (database: Database) => database.query.selectFrom('instance').select('id').execute()

test('is refused to a second gateway, and free again when the first has closed', async () => {
  const url = await temporaryPostgres()
  const first = await open(url)
  await expect(openDatabase({ url }, 50)).rejects.toThrow(ConfigError)
  await expect(openDatabase({ url }, 50)).rejects.toThrow(/another gateway uses/)

  await first[Symbol.asyncDispose]()
  await open(url)
})

test.each([
  ['that is alone', undefined, 12_000],
  ['that is a node', 12_000, undefined],
] as const)(
  'of a gateway %s, the other kind is told which setting both need',
  async (_kind, held, asked) => {
    const url = await temporaryPostgres()
    await using first = await openDatabase({ url, leaseMs: held })
    await expect(openDatabase({ url, leaseMs: asked }, 50)).rejects.toThrow(
      /another gateway uses.*unless RECADO_NODES=false/,
    )
    expect(await works(first)).toEqual([])
  },
)

test('that is absent or refuses logins is named with the cure and without the password', async () => {
  const absent = 'postgres://recado:s3cret@127.0.0.1:1/recado'
  const problem: unknown = await openDatabase({ url: absent }).catch((cause: unknown) => cause)
  expect(problem).toBeInstanceOf(ConfigError)
  expect(String(problem)).toMatch(/ECONNREFUSED.*RECADO_DATABASE_URL/)
  expect(String(problem)).not.toContain('s3cret')

  const missing = new URL(await temporaryPostgres())
  missing.pathname = '/no_such_database'
  await expect(openDatabase({ url: missing.href })).rejects.toThrow(/3D000/)
})

test('a gateway that starts waits for the one that ends', async () => {
  const url = await temporaryPostgres()
  const first = await open(url)
  const second = openDatabase({ url }, 10_000)
  await first[Symbol.asyncDispose]()
  expect(await works(await second)).toEqual([])
  await (await second)[Symbol.asyncDispose]()
})

test('comes back by itself after the server cut all connections', async () => {
  const url = await temporaryPostgres()
  const database = await open(url)
  await works(database)
  await cutConnections(url)

  await expect.poll(() => works(database)).toEqual([])
  await expect(openDatabase({ url }, 50)).rejects.toThrow(/another gateway uses/)
})

test('touches nothing any more when another gateway took over meanwhile', async () => {
  const url = await temporaryPostgres()
  const first = await open(url)
  await cutConnections(url)
  const second = await open(url)

  for (const refused of [works(first), first.transaction(async () => {})]) {
    const error: unknown = await refused.catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(StoreUnavailableError)
    expect(error).toMatchObject({ cause: expect.any(ConfigError) })
  }
  expect(await works(second)).toEqual([])
})

test('of two transactions that wait for each other, both succeed in the end', async () => {
  const url = await temporaryPostgres()
  const database = await open(url)
  for (const kind of ['client', 'partner'] as const) {
    await database.query
      .insertInto('access_token')
      .values({ kind, hash: '', created_at: 0 })
      .execute()
  }
  let tries = 0
  let arrived = 0
  const bothHoldOne = new AbortController()
  const inOrder = (kinds: readonly ('client' | 'partner')[]) =>
    database.transaction(async ({ query }) => {
      tries += 1
      for (const kind of kinds) {
        await sql`update access_token set created_at = created_at + 1 where kind = ${kind}`.execute(
          query,
        )
        arrived += 1
        if (arrived === 2) bothHoldOne.abort()
        if (!bothHoldOne.signal.aborted) await aborted(bothHoldOne.signal)
      }
    })
  await Promise.all([inOrder(['client', 'partner']), inOrder(['partner', 'client'])])

  const rows = await database.query.selectFrom('access_token').select('created_at').execute()
  expect(rows).toEqual([{ created_at: 2 }, { created_at: 2 }])
  expect(tries).toBeGreaterThan(2)
})

test('after one silence of a link that a router forgot, no other connection of it is tried', async () => {
  const url = await temporaryPostgres()
  await (await open(url))[Symbol.asyncDispose]()
  const proxy = await FaultProxy.before(url)
  const opened = await openPostgres(proxy.through(url), 5_000)
  onTestFinished(async () => {
    await opened.close()
    await proxy[Symbol.asyncDispose]()
  })
  opened.expectAnswers(300)
  const ask = () => opened.query.selectFrom('instance').select('id').execute()
  await Promise.all(Array.from({ length: 8 }, ask))
  expect(proxy.open).toBeGreaterThan(5)

  proxy.halfOpen()
  await expect(ask()).rejects.toThrow(StoreUnavailableError)
  expect(await ask()).toEqual([])
  await expect(openDatabase({ url }, 50)).rejects.toThrow(/another gateway uses/)
})

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

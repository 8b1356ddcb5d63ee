import { mkdtemp, open as openFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { inspectDatabase } from './inspect-database.js'
import { allMigrations } from './migrations/all.js'
import { columnTypes } from './dialect.js'
import { type DatabaseLocation, openDatabase } from './open-database.js'
import { openPostgres } from './postgres.js'
import { openSqlite } from './sqlite.js'
import { Sqlite } from './sqlite-library.js'

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recado-test-inspect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const places: Record<string, () => Promise<DatabaseLocation>> = {
  sqlite: async () => ({ dataDir: await emptyFolder() }),
  postgres: async () => ({ url: await temporaryPostgres() }),
}

/** Two instances with the same callback URL. Gives the one that takes calls without Client-Token. */
async function fill(location: DatabaseLocation) {
  await using database = await openDatabase(location)
  const optional = await addInstance(database)
  await database.query
    .updateTable('instance')
    .set({ settings: JSON.stringify({ clientTokenOptional: true }) })
    .where('id', '=', optional)
    .execute()
  await database.query
    .insertInto('master_key_check')
    .values({ id: 1, check_sealed: Buffer.of(1, 2) })
    .execute()
  const row = { url: 'https://example.org/a' }
  for (const instance_id of [optional, await addInstance(database)])
    for (const event_kind of ['message.sent', 'message.failed'])
      await database.query
        .insertInto('callback_endpoint')
        .values({ instance_id, event_kind, ...row })
        .execute()
  return optional
}

const dialects = inject('databases') ?? (['sqlite', 'postgres'] as const)

describe.each(dialects)('a database that is looked at (%s)', (dialect) => {
  const place = () => places[dialect]?.() ?? Promise.reject(new Error('no such database'))

  test('says what is in it', async () => {
    const location = await place()
    const optional = await fill(location)
    const found = await inspectDatabase(location)
    expect(found).toEqual({
      kind: 'present',
      migration: Object.keys(allMigrations(columnTypes(dialect)))
        .toSorted()
        .at(-1),
      instances: 2,
      masterKeyCheck: expect.anything(),
      callbackUrls: ['https://example.org/a'],
      clientTokenOptional: [optional],
      damage: undefined,
    })
    const check = found.kind === 'present' ? found.masterKeyCheck : undefined
    expect([...(check ?? [])]).toEqual([1, 2])
  })

  test('is left as it was, for a gateway to open', async () => {
    const location = await place()
    expect(await inspectDatabase(location)).toEqual({ kind: 'absent' })
    expect('dataDir' in location ? await readdir(location.dataDir) : []).toEqual([])
    await (await openDatabase(location))[Symbol.asyncDispose]()
    expect(await inspectDatabase(location)).toMatchObject({ kind: 'present', instances: 0 })
    await using _ = await openDatabase(location, 1)
  })

  test('has no key check before the first start was complete', async () => {
    const location = await place()
    await (await openDatabase(location))[Symbol.asyncDispose]()
    expect(await inspectDatabase(location)).toMatchObject({
      masterKeyCheck: undefined,
      callbackUrls: [],
      clientTokenOptional: [],
    })
  })

  test('is absent where it has other tables', async () => {
    const location = await place()
    const other =
      'url' in location
        ? await openPostgres(location.url, 1)
        : await openSqlite(location.dataDir, 1)
    await other.query.schema.createTable('other').addColumn('id', 'integer').execute()
    await other.close()
    expect(await inspectDatabase(location)).toEqual({ kind: 'absent' })
  })

  test('is in use while a gateway has it', async () => {
    const location = await place()
    await using gateway = await openDatabase(location)
    expect(await inspectDatabase(location)).toEqual({ kind: 'in-use', masterKeyCheck: undefined })
    const check = { id: 1, check_sealed: Buffer.of(3, 4) }
    await gateway.query.insertInto('master_key_check').values(check).execute()
    const masterKeyCheck = dialect === 'postgres' ? check.check_sealed : undefined
    expect(await inspectDatabase(location)).toEqual({ kind: 'in-use', masterKeyCheck })
  })
})

test('a file that lost its content is absent, and is not written to', async () => {
  const dataDir = await emptyFolder()
  await writeFile(join(dataDir, 'recado.sqlite'), '')
  expect(await inspectDatabase({ dataDir })).toEqual({ kind: 'absent' })
  expect(await readdir(dataDir)).toEqual(['recado.sqlite'])
})

test('what cannot be reached or read is an error, not a database in use', async () => {
  await expect(inspectDatabase({ url: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(
    /ECONNREFUSED/,
  )
  const dataDir = await emptyFolder()
  await writeFile(join(dataDir, 'recado.sqlite'), 'no database'.repeat(100))
  await expect(inspectDatabase({ dataDir })).rejects.toThrow(/damaged/)
})

test('a damaged page is told in the words of SQLite', async () => {
  const dataDir = await emptyFolder()
  await (await openDatabase({ dataDir }))[Symbol.asyncDispose]()
  const path = join(dataDir, 'recado.sqlite')
  const sqlite = new Sqlite(path)
  const page = Number(
    sqlite.prepare("select rootpage from sqlite_master where name = 'audit'").pluck().get(),
  )
  sqlite.close()
  await using file = await openFile(path, 'r+')
  const pageBytes = 4_096
  await file.write(Buffer.alloc(pageBytes, 0xff), 0, pageBytes, (page - 1) * pageBytes)
  expect(await inspectDatabase({ dataDir })).toMatchObject({
    kind: 'present',
    damage: expect.stringMatching(new RegExp(`page ${page}`, 'i')),
  })
})

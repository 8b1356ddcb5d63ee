import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '../domain/errors.js'
import { openDatabase } from './open-database.js'
import { sqliteFileName } from './sqlite.js'
import { Sqlite, sqliteEdition } from './sqlite-library.js'

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-test-sqlite-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function open(dataDir: string) {
  const database = await openDatabase({ dataDir }, 0)
  onTestFinished(() => database[Symbol.asyncDispose]())
  return database
}

test('makes a directory and files that only their owner may read', async () => {
  const dataDir = join(await temporaryDirectory(), 'data')
  await open(dataDir)

  expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
  const files = await readdir(dataDir)
  expect(files).toContain(`${sqliteFileName}-wal`)
  for (const file of files) expect((await stat(join(dataDir, file))).mode & 0o777).toBe(0o600)
})

test('waits for the disk itself, and not twice', async () => {
  const database = await open(await temporaryDirectory())
  const pragma = async (name: string) => {
    const { rows } = await sql
      .raw<Record<string, unknown>>(`pragma ${name}`)
      .execute(database.query)
    return Object.values(rows[0] ?? {})[0]
  }
  expect(await pragma('synchronous')).toBe(1)
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('locking_mode')).toBe('exclusive')
  expect(await pragma('foreign_keys')).toBe(1)
  expect(await pragma('secure_delete')).toBe(1)
  expect(await pragma('wal_autocheckpoint')).toBe(8_192)
  expect(await pragma('cache_size')).toBe(-16_384)
})

test('is refused to a second one, and free again when the first has closed', async () => {
  const dataDir = await temporaryDirectory()
  const first = await open(dataDir)
  await expect(openDatabase({ dataDir }, 0)).rejects.toThrow(ConfigError)
  await expect(openDatabase({ dataDir }, 0)).rejects.toThrow(/another process uses/)

  await first[Symbol.asyncDispose]()
  await open(dataDir)
})

test('is refused while another process has it, and free as soon as that one was killed', async () => {
  const dataDir = await temporaryDirectory()
  await (await open(dataDir))[Symbol.asyncDispose]()

  const holder = spawn(
    process.execPath,
    [
      '-e',
      `const file = require(${JSON.stringify(sqliteEdition)})(process.argv[1])
       file.pragma('locking_mode = EXCLUSIVE')
       file.exec('BEGIN EXCLUSIVE; COMMIT')
       process.stdout.write('held')
       process.stdin.resume()`,
      join(dataDir, sqliteFileName),
    ],
    { cwd: import.meta.dirname, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  await expect(openDatabase({ dataDir }, 0)).rejects.toThrow(/another process uses/)

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await open(dataDir)
})

test('a migration that fails leaves none of its tables', async () => {
  const dataDir = await temporaryDirectory()
  const file = new Sqlite(join(dataDir, sqliteFileName))
  // The last table of the first migration is in the way.
  file.exec('create table delivery (planted integer)')
  file.close()
  await expect(openDatabase({ dataDir }, 0)).rejects.toThrow(/delivery/)

  const left = new Sqlite(join(dataDir, sqliteFileName))
  onTestFinished(() => void left.close())
  const tables = left.prepare("select name from sqlite_master where type = 'table'").pluck().all()
  expect(tables.filter((name) => !String(name).startsWith('recado_migration'))).toEqual([
    'delivery',
  ])
})

test('lets a running transaction end before it closes', async () => {
  const dataDir = await temporaryDirectory()
  const database = await open(dataDir)
  const work = database.transaction(async ({ query }) => {
    for (let id = 0; id < 20; id += 1) {
      await query
        .insertInto('access_token')
        .values({ kind: id === 0 ? 'client' : 'partner', hash: String(id), created_at: id })
        .onConflict((conflict) => conflict.column('kind').doUpdateSet({ hash: String(id) }))
        .execute()
    }
  })
  await database[Symbol.asyncDispose]()
  await work
  const again = await open(dataDir)
  expect(await again.query.selectFrom('access_token').selectAll().execute()).toHaveLength(2)
})

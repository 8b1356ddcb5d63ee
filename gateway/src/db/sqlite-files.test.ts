import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { ConfigError, StoreFileError } from '../domain/errors.js'
import { openDatabase } from './open-database.js'
import { openSqlite, sqliteFileName } from './sqlite.js'
import { Sqlite } from './sqlite-library.js'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'recado-test-sqlite-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
})

test('a folder in the place of the file is named as what it is', async () => {
  await mkdir(join(dataDir, sqliteFileName))
  const opened = openDatabase({ dataDir }, 0)
  await expect(opened).rejects.toThrow(StoreFileError)
  await expect(opened).rejects.toThrow(/recado\.sqlite is a directory/)
})

test('a file that others could read is theirs no more', async () => {
  const path = join(dataDir, sqliteFileName)
  await writeFile(path, '')
  await chmod(path, 0o644)
  await (await openDatabase({ dataDir }, 0))[Symbol.asyncDispose]()
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('copies that a killed process left are removed, and nothing else', async () => {
  const kept = ['my-snapshot-ab.sqlite', 'snapshot-.sqlite', 'snapshot-xyz.sqlite']
  const left = ['snapshot-0a1b2c3d4e5f.sqlite', 'snapshot-0a1b2c3d4e5f.sqlite-journal']
  for (const name of [...kept, ...left]) await writeFile(join(dataDir, name), '')
  await (await openDatabase({ dataDir }, 0))[Symbol.asyncDispose]()
  const names = await readdir(dataDir)
  expect(names.filter((name) => name.includes('snapshot-')).toSorted()).toEqual(kept)
})

test('a copy that was read is removed', async () => {
  await using database = await openDatabase({ dataDir }, 0)
  const snapshot = await database.snapshot()
  const copies = async () => (await readdir(dataDir)).filter((name) => name.startsWith('snapshot-'))
  await snapshot.query.selectFrom('instance').select('id').execute()
  expect(await copies()).toEqual([expect.stringMatching(/^snapshot-[0-9a-f]{12}\.sqlite$/u)])
  await snapshot[Symbol.asyncDispose]()
  expect(await copies()).toEqual([])
})

test('a second gateway is refused before anything is written, with the cause', async () => {
  await (await openDatabase({ dataDir }, 0))[Symbol.asyncDispose]()
  const first = await openDatabase({ dataDir }, 0)
  onTestFinished(() => first[Symbol.asyncDispose]())
  const second = await openDatabase({ dataDir }, 0).catch((cause: unknown) => cause)
  expect(second).toBeInstanceOf(ConfigError)
  expect(second).toMatchObject({ cause: expect.any(Sqlite.SqliteError) })
})

test('a file belongs to one process before that has asked anything, and to none after its end', async () => {
  await (await openSqlite(dataDir, 1)).close()
  const first = await openSqlite(dataDir, 1)
  await expect(openSqlite(dataDir, 1)).rejects.toThrow(/another process uses/u)
  await first.close()
  await (await openSqlite(dataDir, 1)).close()
})

test('a file that is no database is not taken for one that another process uses', async () => {
  await writeFile(join(dataDir, sqliteFileName), 'no database '.repeat(1_000))
  const cause: unknown = await openSqlite(dataDir, 0).catch((thrown: unknown) => thrown)
  expect(cause).toBeInstanceOf(StoreFileError)
  expect(cause).not.toBeInstanceOf(ConfigError)
})

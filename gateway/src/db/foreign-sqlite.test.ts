import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { extractTables, isSqlite, openForeignBytes, openForeignFile } from './foreign-sqlite.js'
import { Sqlite } from './sqlite-library.js'

function bytesOf(schema: string, journal = 'delete'): Buffer {
  const database = new Sqlite(':memory:')
  database.exec(schema)
  const bytes = database.serialize()
  database.close()
  // As the header of a database with a write-ahead log says it.
  if (journal === 'wal') bytes.set([2, 2], 18)
  return bytes
}

const people = `create table people (name text, age integer, photo bytea);
  insert into people values ('Ana', 41, x'0102')`

test.each(['delete', 'wal'])('a database of journal mode %s is read from its bytes', (journal) => {
  const bytes = bytesOf(people, journal)
  const before = Buffer.from(bytes)
  expect(isSqlite(bytes)).toBe(true)
  using tables = openForeignBytes(bytes)
  expect(tables.rowsOf('people', ['name', 'photo', 'height'])).toEqual([
    { name: 'Ana', photo: Buffer.of(1, 2) },
  ])
  expect(tables.rowsOf('pets', ['name'])).toEqual([])
  expect(bytes.equals(before)).toBe(true)
})

test('a table that would run something of its author is not read', () => {
  using tables = openForeignBytes(
    bytesOf(`create table huge (id integer, data blob generated always as (zeroblob(1000)) virtual);
      insert into huge values (1);
      create view people as select 'Ana' as name`),
  )
  expect(tables.rowsOf('huge', ['id', 'data'])).toEqual([])
  expect(tables.rowsOf('people', ['name'])).toEqual([])
})

test('what is taken out of a file is a small database of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recado-foreign-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'some.db')
  new Sqlite(path).exec(people).close()
  using file = openForeignFile(path)
  const small = extractTables(file, { people: ['name', 'photo'], pets: ['name'] })
  using tables = openForeignBytes(small)
  expect(tables.rowsOf('people', ['name', 'age', 'photo'])).toEqual([
    { name: 'Ana', photo: Buffer.of(1, 2) },
  ])
})

test('other bytes are no database', () => {
  expect(isSqlite(Buffer.from('{"creds":1}'))).toBe(false)
  expect(isSqlite(new Uint8Array())).toBe(false)
  const broken = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(90, 7)])
  expect(() => openForeignBytes(broken).rowsOf('people', ['name'])).toThrow(
    /not a database|malformed/u,
  )
})

test('a table without a column that is wanted has no rows', () => {
  using tables = openForeignBytes(bytesOf(people))
  expect(tables.rowsOf('people', ['height', 'weight'])).toEqual([])
  expect(tables.rowsOf('people', [])).toEqual([])
})

test.each([
  'create table people (name text, twice text as (name || name))',
  'create table people (name text, twice text as(name || name))',
  'create table people (name text, twice text AS  (name || name))',
  'create virtual table people using fts5(name)',
])('columns that are computed are not read: %s', (schema) => {
  using tables = openForeignBytes(bytesOf(`${schema}; insert into people (name) values ('Ana')`))
  expect(tables.rowsOf('people', ['name'])).toEqual([])
})

test('a column whose name only begins like that is read', () => {
  using tables = openForeignBytes(
    bytesOf(
      "create table people (generated_at text, asset text); insert into people values ('a', 'b')",
    ),
  )
  expect(tables.rowsOf('people', ['generated_at', 'asset'])).toEqual([
    { generated_at: 'a', asset: 'b' },
  ])
})

test('a file is only read, and none is made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recado-foreign-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  expect(() => openForeignFile(join(folder, 'absent.db'))).toThrow(Sqlite.SqliteError)
  expect(await readdir(folder)).toEqual([])
})

test('a write-ahead log beside a file is read, and stays as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recado-foreign-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [path, copy] = [join(folder, 'some.db'), join(folder, 'copy.db')]
  const writer = new Sqlite(path)
  onTestFinished(() => void writer.close())
  writer.pragma('journal_mode = WAL')
  writer.exec(people)
  for (const end of ['', '-wal']) await copyFile(`${path}${end}`, `${copy}${end}`)
  const before = await Promise.all(['', '-wal'].map((end) => readFile(`${copy}${end}`)))
  const tables = openForeignFile(copy)
  expect(tables.rowsOf('people', ['name'])).toEqual([{ name: 'Ana' }])
  tables[Symbol.dispose]()
  const after = await Promise.all(['', '-wal'].map((end) => readFile(`${copy}${end}`)))
  expect(after).toEqual(before)
})

test('is closed when it is disposed of', () => {
  const tables = openForeignBytes(bytesOf(people))
  tables[Symbol.dispose]()
  expect(() => tables.rowsOf('people', ['name'])).toThrow(/not open/u)
})

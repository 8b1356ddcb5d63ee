import { mkdtemp, rm } from 'node:fs/promises'
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

import { expect, test } from 'vitest'
import { Sqlite, sqliteEdition } from './sqlite-library.js'

test('is the edition for this Node, and tells its own errors apart', () => {
  const major = Number(process.versions.node.split('.')[0])
  expect(sqliteEdition).toBe(major < 22 ? 'better-sqlite3' : 'better-sqlite3-13')
  const database = new Sqlite(':memory:')
  expect(() => database.exec('select nothing from nowhere')).toThrow(Sqlite.SqliteError)
  database.close()
})

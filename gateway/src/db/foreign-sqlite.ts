/** Reads tables of an SQLite database that another program wrote. Nothing of it is written. */

import type { ForeignTables } from '../domain/session-import.js'
import { Sqlite } from './sqlite-library.js'

/** What every SQLite database begins with (https://www.sqlite.org/fileformat.html). */
const magic = Buffer.from('SQLite format 3\0')
/** Where the header says whether a write-ahead log lies beside it. In memory there is none. */
const journalBytes = [18, 19]
const withLog = 2
const withoutLog = 1

export interface OpenTables extends ForeignTables, Disposable {}

export function isSqlite(bytes: Uint8Array): boolean {
  return magic.equals(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)))
}

/** Opens the bytes of a database in memory. What only its write-ahead log holds is not in them. */
export function openForeignBytes(bytes: Uint8Array): OpenTables {
  const copy = Buffer.from(bytes)
  for (const at of journalBytes) if (copy[at] === withLog) copy[at] = withoutLog
  return tablesOf(new Sqlite(copy))
}

/** Opens a file for reading. Throws where SQLite cannot, as in a folder that is read-only beside a write-ahead log. */
export function openForeignFile(path: string): OpenTables {
  return tablesOf(new Sqlite(path, { readonly: true, fileMustExist: true }))
}

/** A small database with these columns alone, as bytes. */
export function extractTables(
  from: ForeignTables,
  wanted: Readonly<Record<string, readonly string[]>>,
): Buffer {
  const small = new Sqlite(':memory:')
  try {
    for (const [table, columns] of Object.entries(wanted)) {
      const names = columns.map((each) => `"${each}"`).join(', ')
      small.exec(`create table "${table}" (${names})`)
      const insert = small.prepare(
        `insert into "${table}" values (${columns.map(() => '?').join(', ')})`,
      )
      for (const row of from.rowsOf(table, columns))
        insert.run(...columns.map((column) => row[column] ?? null))
    }
    return small.serialize()
  } finally {
    small.close()
  }
}

function tablesOf(database: InstanceType<typeof Sqlite>): OpenTables {
  // Nothing that stands in a foreign schema may run.
  database.pragma('trusted_schema = off')
  const definition = database.prepare(
    "select sql from sqlite_master where type = 'table' and name = ?",
  )
  return {
    rowsOf(table, columns) {
      const { sql } = Object(definition.get(table))
      if (typeof sql !== 'string' || isComputed(sql)) return []
      const has = new Set(
        database.prepare('select name from pragma_table_info(?)').pluck().all(table),
      )
      const known = columns.filter((column) => has.has(column))
      if (known.length === 0) return []
      const names = known.map((each) => `"${each}"`).join(', ')
      return database
        .prepare(`select ${names} from "${table}"`)
        .all()
        .map((row) => ({ ...Object(row) }))
    },
    [Symbol.dispose]: () => void database.close(),
  }
}

/** Whether reading the table runs something that its author wrote. */
function isComputed(sql: string): boolean {
  return /\bvirtual\b|\bgenerated\b|\bas\s*\(/iu.test(sql)
}

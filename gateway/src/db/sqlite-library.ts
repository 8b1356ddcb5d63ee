/**
 * better-sqlite3, in the edition that this Node can run.
 *
 * Edition 12, compiled on Node 24.19 or later, ends the process when a statement
 * is collected (`RemoveEnvironmentCleanupHook`, `(env) != nullptr`); edition 13
 * reaches Node by its stable interface, and does not run on Node 20.
 */

import { createRequire } from 'node:module'
import type BetterSqlite from 'better-sqlite3'

const firstForStableInterface = 22
const major = Number(process.versions.node.split('.')[0])

/** The name that it is installed under. */
export const sqliteEdition =
  major < firstForStableInterface ? 'better-sqlite3' : 'better-sqlite3-13'
/** Its interface is the same in both editions, as far as it is used here. */
export const Sqlite = load(sqliteEdition)

function load(name: string): typeof BetterSqlite {
  const library: unknown = createRequire(import.meta.url)(name)
  if (isBetterSqlite(library)) return library
  throw new Error(`${name} is not the library that it was`)
}

function isBetterSqlite(library: unknown): library is typeof BetterSqlite {
  return typeof library === 'function' && 'SqliteError' in library
}

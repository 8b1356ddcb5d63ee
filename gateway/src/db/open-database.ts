/** Opens the database that the configuration names, and brings its tables up to date. */

import { join } from 'node:path'
import { type Kysely, Migrator, sql } from 'kysely'
import { ConfigError, type StoreFileError } from '../domain/errors.js'
import type { Database, DialectName } from './database.js'
import { columnTypes } from './dialect.js'
import { KyselyDatabase } from './kysely-database.js'
import { allMigrations } from './migrations/all.js'
import { type OpenedPostgres, openPostgres } from './postgres.js'
import type { Schema } from './schema.js'
import { Signals } from './signals.js'
import { openSqlite, sqliteFileName } from './sqlite.js'
import { explainStoreError } from './store-problem.js'

export const migrationTableName = 'recado_migration'
export const migrationLockTableName = 'recado_migration_lock'

/** SQLite in a directory, which is made if need be, or PostgreSQL at a URL. */
export type DatabaseLocation =
  | { readonly dataDir: string }
  | {
      readonly url: string
      /** Set if other nodes may have it open too: how long their leases count. */
      readonly leaseMs?: number | undefined
    }

/**
 * Gives the database with all its tables.
 *
 * Waits for some seconds when another gateway has it, because that one may be
 * ending, and then throws `ConfigError`; the same when the tables come from a
 * newer version, and `StoreFileError` when SQLite's file cannot be used. Nothing
 * is changed then. Dispose of it to let the next one in.
 */
export async function openDatabase(
  location: DatabaseLocation,
  /** How long to wait for another gateway to end. */
  waitForOtherMs = 5_000,
  /** The last migration to make, for data that is as old. All of them without it. */
  upTo?: string,
  /** What to throw where there are no tables yet, in place of making them. */
  unlessNew?: StoreFileError,
): Promise<Database> {
  const signals = new Signals()
  let postgres: OpenedPostgres | undefined
  let database: KyselyDatabase
  if ('url' in location) {
    postgres = await openPostgres(location.url, waitForOtherMs, location.leaseMs).catch(unreachable)
    database = new KyselyDatabase('postgres', postgres, signals)
  } else {
    const sqlite = await openSqlite(location.dataDir, waitForOtherMs)
    database = new KyselyDatabase('sqlite', sqlite, signals)
  }
  try {
    if (unlessNew !== undefined && (await isNew(database.query))) throw unlessNew
    await migrate(database.query, database.dialect, upTo)
    postgres?.expectAnswers()
  } catch (cause) {
    await database[Symbol.asyncDispose]()
    throw 'url' in location
      ? cause
      : explainStoreError(cause, join(location.dataDir, sqliteFileName))
  }
  return database
}

async function isNew(query: Kysely<Schema>): Promise<boolean> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true })
  return !tables.some(({ name }) => name === migrationTableName)
}

async function migrate(query: Kysely<Schema>, dialect: DialectName, upTo?: string): Promise<void> {
  const migrations = allMigrations(columnTypes(dialect))
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: async () => migrations },
    // Kysely's own names may be taken in a PostgreSQL that others use too.
    migrationTableName,
    migrationLockTableName,
  })

  const { error } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo))
  if (error === undefined) return
  if (!(error instanceof Error)) throw new Error('the migration failed', { cause: error })
  if (!error.message.startsWith('corrupted migrations')) throw error
  throw new ConfigError(
    'the database was written by a newer version of Recado: start that version, or restore a backup from before its upgrade',
    { cause: error },
  )
}

/** The name of the last migration that was made; empty before the first. */
export async function lastMigration(query: Kysely<Schema>): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.table(migrationTableName)} order by name desc limit 1
  `.execute(query)
  return rows[0]?.name ?? ''
}

/** By code only: the message of a driver may quote the URL, which holds a password. */
function unreachable(cause: unknown): never {
  if (cause instanceof ConfigError) throw cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
  throw new ConfigError(
    `PostgreSQL cannot be reached (${code}): see that it runs, and that RECADO_DATABASE_URL names its host, user, password and database`,
    { cause },
  )
}

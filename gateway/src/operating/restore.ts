/**
 * Brings a backup back, on SQLite or PostgreSQL, whichever it came from.
 *
 * The file is read to its end before anything is touched. SQLite is built
 * beside its place and moved there when it is whole; PostgreSQL gets all rows
 * in one transaction. What was there before is moved aside, not deleted,
 * except on PostgreSQL.
 */

import { access, mkdtemp, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import { inspectDatabase } from '../db/inspect-database.js'
import { findMasterKey, masterKeyFileName, writeMasterKey } from '../db/master-key.js'
import { allMigrations } from '../db/migrations/all.js'
import { columnTypes } from '../db/dialect.js'
import {
  type DatabaseLocation,
  migrationLockTableName,
  migrationTableName,
  openDatabase,
} from '../db/open-database.js'
import { openPostgres } from '../db/postgres.js'
import { sqliteFileName } from '../db/sqlite.js'
import { continueSequences, insertRows, tableNames } from '../db/tables.js'
import type { EpochMs } from '../domain/time.js'
import { staleKeyTypes } from '../whatsapp/keys/stale-keys.js'
import { readBackup, summarize } from './backup-file.js'
import { BackupError, type DumpHead } from './dump.js'
import { settleRestored } from './settle-restored.js'

export interface RestoreOptions {
  readonly path: string
  readonly passphrase: string
  readonly dataDir: string
  /** PostgreSQL; SQLite in `dataDir` without it. */
  readonly databaseUrl?: string | undefined
  readonly configuredMasterKey?: string | undefined
  /** Replace a database that holds instances. */
  readonly force: boolean
  /** Nothing has run since the backup was made, so the queue and the sessions still count. */
  readonly unchangedSince: boolean
  readonly now: EpochMs
}

export interface Restored {
  readonly head: DumpHead
  readonly rows: number
  /** Messages that waited in the backup and will not be sent. */
  readonly endedMessages: number
  /** Files that stood in the way and have another name now. */
  readonly movedAside: readonly string[]
}

/**
 * Throws `BackupError`, `SealedStreamError` or `ConfigError`: nothing has
 * changed then. Any other error means that the disk or the database failed on
 * the way; restoring again, with `force`, is safe.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { path, passphrase, dataDir, databaseUrl, force } = options
  const location = databaseUrl === undefined ? { dataDir } : { url: databaseUrl }
  const { head, rows } = await summarize(path, passphrase)
  if (!Object.hasOwn(allMigrations(columnTypes('sqlite')), head.migration))
    throw new BackupError('A newer version of Recado made this backup: restore it with that one.')

  const inspection = await inspectDatabase(location)
  if (inspection.kind === 'in-use')
    throw new BackupError('A gateway runs on this database: stop it first.')
  if (inspection.kind === 'present' && inspection.instances > 0 && !force)
    throw new BackupError(
      `The database holds ${inspection.instances} instances already. --force replaces them.`,
    )
  const { key } = await readBackup(path, passphrase)
  const movedAside = await placeMasterKey(key.masterKey, options)

  if (databaseUrl !== undefined) {
    await emptyPostgres(databaseUrl)
    const endedMessages = await load({ url: databaseUrl }, head, options)
    return { head, rows, endedMessages, movedAside }
  }
  const building = await mkdtemp(join(dataDir, 'restoring-'))
  try {
    const endedMessages = await load({ dataDir: building }, head, options)
    const place = join(dataDir, sqliteFileName)
    for (const file of [place, `${place}-wal`])
      movedAside.push(...(await moveAside(file, options.now)))
    await rename(join(building, sqliteFileName), place)
    return { head, rows, endedMessages, movedAside }
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** As old as the backup first, so that the rows fit, and then up to date. */
async function load(
  location: DatabaseLocation,
  head: DumpHead,
  options: RestoreOptions,
): Promise<number> {
  const database = await openDatabase(location, undefined, head.migration)
  let endedMessages: number
  try {
    endedMessages = await fill(database, options)
  } finally {
    await database[Symbol.asyncDispose]()
  }
  await using upToDate = await openDatabase(location)
  await upToDate.query
    .insertInto('audit')
    .values({
      at: options.now,
      role: 'operator',
      address: 'local',
      act: 'data-restored',
      detail: `backup of ${new Date(head.madeAt).toISOString()}`,
    })
    .execute()
  // The gateway that the backup was made on may still run with the same credentials.
  await upToDate.query.updateTable('credential').set({ restored_at: options.now }).execute()
  return endedMessages
}

async function fill(
  database: Database,
  { path, passphrase, unchangedSince, now }: RestoreOptions,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const { lines } = await readBackup(path, passphrase)
    for await (const line of lines)
      if ('rows' in line) await insertRows(transaction, database.dialect, line.rows)
    await continueSequences(transaction, database.dialect)
    return unchangedSince ? 0 : settleRestored(transaction, staleKeyTypes, now)
  })
}

/** Gives the files that it moved aside. */
async function placeMasterKey(
  masterKey: Uint8Array,
  { configuredMasterKey: configured, dataDir, now }: RestoreOptions,
): Promise<string[]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const found = await findMasterKey({ configured, dataDir })
  if (found !== undefined && Buffer.from(masterKey).equals(found.key)) return []
  if (configured !== undefined)
    throw new BackupError(
      'RECADO_MASTER_KEY is not the master key of this backup. Set that one, or leave it unset: the backup brings its own.',
    )
  const moved = await moveAside(join(dataDir, masterKeyFileName), now)
  await writeMasterKey(dataDir, masterKey)
  return moved
}

async function emptyPostgres(url: string): Promise<void> {
  const opened = await openPostgres(url, 1)
  try {
    const names = [...tableNames, migrationTableName, migrationLockTableName]
    const tables = sql.join(names.map((name) => sql.table(name)))
    await sql`drop table if exists ${tables} cascade`.execute(opened.query)
  } finally {
    await opened.close()
  }
}

async function moveAside(path: string, now: EpochMs): Promise<string[]> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (!isThere) return []
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/gu, '')
  const aside = `${path}.before-restore-${stamp}`
  await rename(path, aside)
  return [aside]
}

/**
 * SQLite in one file of the data directory.
 *
 * Commits are on the disk when they return (`commit-queue.ts`), and the file
 * belongs to one process: two gateways that shared it would also share, and
 * ruin, the ratchets of the sessions.
 */

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open as openFileHandle, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type BetterSqlite from 'better-sqlite3'
import {
  type Dialect,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  Transaction,
} from 'kysely'
import { ConfigError } from '../domain/errors.js'
import type { Snapshot } from './database.js'
import type { Opened } from './opened.js'
import type { Schema } from './schema.js'
import { CommitQueue } from './commit-queue.js'
import { InsideConnection, SqliteConnection, SqliteQueueDriver } from './sqlite-driver.js'
import { Sqlite } from './sqlite-library.js'
import { explainStoreError } from './store-problem.js'
import { WalSync } from './wal-sync.js'

/** The file within the data directory. SQLite keeps a `-wal` file beside it, with the same mode. */
export const sqliteFileName = 'recado.sqlite'

/** Copies of the whole file that are being read. */
const snapshotFiles = /^snapshot-[0-9a-f]+\.sqlite/
/** 8 MiB; then sockets and timers have their turn. */
const pagesAtOnce = 2_048

/**
 * 32 MiB: a page that many commits wrote is copied into the database once. SQLite does that within a
 * commit, and all writers wait for it, so it has to be rare.
 */
const walPages = 8_192

/**
 * Throws `ConfigError` when another process has the file open, and `StoreFileError` when the file or
 * its directory cannot be used. Nothing is changed then.
 */
export async function openSqlite(dataDir: string, waitForOtherMs: number): Promise<Opened> {
  try {
    return await open(dataDir, waitForOtherMs)
  } catch (cause) {
    throw explainStoreError(cause, join(dataDir, sqliteFileName))
  }
}

async function open(dataDir: string, waitForOtherMs: number): Promise<Opened> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, sqliteFileName)
  await makePrivate(path)
  const file = openFile(path, waitForOtherMs)
  // What a process left that died while it read one.
  for (const name of await readdir(dataDir))
    if (snapshotFiles.test(name)) await rm(join(dataDir, name))

  const wal = new WalSync({
    path: `${path}-wal`,
    checkpoint: () => void file.pragma('wal_checkpoint(TRUNCATE)'),
  })
  const ground = new SqliteConnection(file, wal)
  const queue = new CommitQueue(ground)
  const driver = new SqliteQueueDriver(ground, queue)
  const dialect = dialectOf(driver)
  const query = new Kysely<Schema>({ dialect })
  const plain = query.getExecutor()
  return {
    query,
    leases: undefined,
    transaction: (work, committed) =>
      queue.transaction(async () => {
        const connection = new InsideConnection(ground)
        const executor = plain.withConnectionProvider({
          provideConnection: (consumer) => consumer(connection),
        })
        try {
          return await work(new Transaction({ config: { dialect }, dialect, driver, executor }))
        } finally {
          connection.end()
        }
      }, committed),
    synced: () => queue.synced(),
    snapshot: () => takeSnapshot(file, queue, dataDir),
    async close() {
      await query.destroy()
      // Here and not in the driver: Kysely ends only one that it has used. An exclusive caller comes after all earlier ones.
      await queue.alone(async () => {})
      await wal.close()
      file.close()
    },
  }
}

function openFile(path: string, waitForOtherMs: number): BetterSqlite.Database {
  const file = new Sqlite(path, { timeout: waitForOtherMs })
  try {
    // The order matters: with EXCLUSIVE set first, the WAL needs no memory shared with others.
    file.pragma('locking_mode = EXCLUSIVE')
    file.pragma('journal_mode = WAL')
    // The wait for the disk is ours: `wal-sync.ts`.
    file.pragma('synchronous = NORMAL')
    file.pragma(`wal_autocheckpoint = ${walPages}`)
    // 16 MiB, eight times SQLite's default: ids are random, so each message touches other pages.
    file.pragma('cache_size = -16384')
    file.pragma('foreign_keys = ON')
    // What is erased must not stay readable in free pages.
    file.pragma('secure_delete = ON')
    // The lock is taken by the first write, so there has to be one before it protects the file.
    file.exec('BEGIN EXCLUSIVE; COMMIT')
    return file
  } catch (cause) {
    file.close()
    if (!isBusy(cause)) throw cause
    throw new ConfigError(
      `another process uses ${path}: stop it, or give this one its own data directory`,
      { cause },
    )
  }
}

async function takeSnapshot(
  file: BetterSqlite.Database,
  queue: CommitQueue,
  dataDir: string,
): Promise<Snapshot> {
  const path = join(dataDir, `snapshot-${randomBytes(6).toString('hex')}.sqlite`)
  await makePrivate(path)
  try {
    await queue.alone(async () => {
      await file.backup(path, { progress: () => pagesAtOnce })
    })
    const copy = new Sqlite(path)
    // Without it the copy would get files beside it that outlive it.
    copy.pragma('journal_mode = DELETE')
    const reading = new Kysely<Schema>({ dialect: new SqliteDialect({ database: copy }) })
    return {
      query: reading,
      async [Symbol.asyncDispose]() {
        await reading.destroy()
        copy.close()
        await rm(path)
      },
    }
  } catch (cause) {
    await rm(path, { force: true })
    throw cause
  }
}

function dialectOf(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new Adapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Kysely migrates SQLite outside a transaction, and a process that dies then leaves half of the tables. */
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): true {
    return true
  }
}

/** SQLite would make the file with the mode that the umask leaves. */
async function makePrivate(path: string): Promise<void> {
  try {
    // Only where there is none: to close a file also gives up the locks this process holds on it.
    const file = await openFileHandle(path, 'wx', 0o600)
    await file.close()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
    // SQLite would only say that it cannot be opened.
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    await chmod(path, 0o600)
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY')
}

/** Makes a backup of a gateway, whether it runs or not. */

import { createVault } from '../db/encryption.js'
import { inspectDatabase } from '../db/inspect-database.js'
import { findMasterKey } from '../db/master-key.js'
import { type DatabaseLocation, openDatabase } from '../db/open-database.js'
import type { EpochMs } from '../domain/time.js'
import { type BackupSummary, writeBackup } from './backup-file.js'
import { BackupError, dumpLines } from './dump.js'
import { operatorTokenOf } from './operator-token.js'

export interface TakeBackupOptions {
  readonly path: string
  readonly passphrase: string
  readonly dataDir: string
  /** PostgreSQL; SQLite in `dataDir` without it. */
  readonly databaseUrl?: string | undefined
  readonly configuredMasterKey?: string | undefined
  /** Where the gateway listens, should it run. Asked only then. */
  readonly gatewayUrl: () => string
  readonly version: string
  readonly now: EpochMs
}

/** Before this one there was no audit log. */
const auditMigration = '0011-audit'

/** Throws `BackupError`, `MasterKeyError` or `ConfigError`, with the cure; there is no file then. */
export async function takeBackup(options: TakeBackupOptions): Promise<BackupSummary> {
  const { path, passphrase, dataDir, databaseUrl, version } = options
  const masterKey = await findMasterKey({ configured: options.configuredMasterKey, dataDir })
  if (masterKey === undefined)
    throw new BackupError('There is no master key, so there is nothing to back up yet.')

  const location = databaseUrl === undefined ? { dataDir } : { url: databaseUrl }
  const inspection = await inspectDatabase(location)
  if (inspection.kind === 'absent') throw new BackupError('There is nothing to back up yet.')
  const dump =
    inspection.kind === 'in-use'
      ? askGateway(options.gatewayUrl(), operatorTokenOf(createVault(masterKey.key)))
      : readStopped(location, inspection.migration, options.now)
  return writeBackup(path, passphrase, { version, masterKey: masterKey.key }, dump)
}

/** Makes no migration: a backup from before an upgrade is worth nothing when it has happened. */
async function* readStopped(
  location: DatabaseLocation,
  migration: string,
  now: EpochMs,
): AsyncGenerator<Uint8Array> {
  await using database = await openDatabase(location, undefined, migration)
  if (migration >= auditMigration)
    await database.query
      .insertInto('audit')
      .values({ at: now, role: 'operator', address: 'local', act: 'backup-taken' })
      .execute()
  for await (const line of dumpLines(database, now)) yield Buffer.from(line)
}

async function* askGateway(url: string, operatorToken: string): AsyncGenerator<Uint8Array> {
  if (!isPrivateWay(url))
    throw new BackupError(
      `The gateway at ${url} is on another machine and speaks no TLS. Run the backup where it runs, or name its https address with --url.`,
    )
  const response = await fetch(`${url}/operator/backup`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  }).catch((cause: unknown) => {
    throw new BackupError(
      `A gateway has the database, but none answers at ${url}. Name its address with --url.`,
      { cause },
    )
  })
  if (response.status === 401)
    throw new BackupError(
      `The gateway at ${url} has another master key: it is not the one that has this database.`,
    )
  if (!response.ok || response.body === null)
    throw new BackupError(`The gateway at ${url} answered ${response.status}.`)
  yield* response.body
}

/** What passes is sealed only in part. */
function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(hostname)
}

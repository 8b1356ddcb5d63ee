/** Opens the database with its master key. */

import type { Config } from '../config.js'
import { awaitPostgres } from '../db/await-postgres.js'
import type { Database } from '../db/database.js'
import { createVault, type Vault } from '../db/encryption.js'
import { refusalOfNewData } from '../db/lost-data.js'
import { checkMasterKey, findMasterKey, makeMasterKey } from '../db/master-key.js'
import { openDatabase } from '../db/open-database.js'
import { systemClock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'

/** How long a PostgreSQL that starts together with the gateway may take before the start fails. */
const waitForPostgresMs = 30_000

export interface StoreOptions {
  readonly log: Log
  readonly announce: (text: string) => void
  /** Called with the database as soon as it is open, also if a later step throws. */
  readonly opened: (database: Database) => void
}

/** Throws `MasterKeyError` or `StoreFileError` with the cure. */
export async function openStore(
  config: Config,
  { log, announce, opened }: StoreOptions,
): Promise<{ database: Database; vault: Vault }> {
  const source = { configured: config.masterKey?.reveal(), dataDir: config.dataDir }
  const found = await findMasterKey(source)
  const url = config.databaseUrl?.reveal()
  if (url !== undefined)
    await awaitPostgres(url, {
      clock: systemClock,
      waitMs: waitForPostgresMs,
      onWait: (cause) => log.warn('database-awaited', { cause }),
    })
  const location =
    url === undefined ? { dataDir: config.dataDir } : { url, leaseMs: config.nodes?.leaseMs }
  const refusal = await refusalOfNewData(found, location, config.dataDir)
  const database = await openDatabase(location, undefined, undefined, refusal)
  opened(database)
  const masterKey = found ?? (await makeMasterKey(database, source))
  if (masterKey.madeNow) announce(masterKeyNotice(masterKey.path ?? config.dataDir))
  const vault = createVault(masterKey.key)
  await checkMasterKey(database, vault)
  return { database, vault }
}

function masterKeyNotice(path: string): string {
  return `
BACK UP THIS FILE: ${path}
It is the master key of everything stored here. Without it sessions, messages and
tokens cannot be read, and every number has to be paired again.`
}

/**
 * Where the master key comes from, and whether it is the one the data needs.
 *
 * Without this key the sessions are lost, so it is never made silently:
 * the caller tells the operator when `madeNow` is true.
 */

import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, MasterKeyError } from '../domain/errors.js'
import type { Database } from './database.js'
import { createVault, masterKeyBytes, type Vault } from './encryption.js'
import { explainStoreError } from './store-problem.js'

export interface MasterKey {
  readonly key: Uint8Array
  /** True at the first start without a configured key: there is a new file to back up. */
  readonly madeNow: boolean
  /** The file, where the key is not configured. */
  readonly path?: string
}

/** The file within the data directory. */
export const masterKeyFileName = 'master.key'

export interface MasterKeySource {
  readonly configured?: string | undefined
  readonly dataDir: string
}

/**
 * Gives the configured key (32 bytes as base64 or hex), else the one in the
 * data directory, which is made at the first start with mode 0600.
 *
 * Throws `ConfigError` for a configured key of another form, and
 * `MasterKeyError` for a file that is damaged or that others may read, and
 * `StoreFileError` for one that cannot be read or made.
 */
export async function openMasterKey(source: MasterKeySource): Promise<MasterKey> {
  const found = await findMasterKey(source)
  if (found !== undefined) return found
  const path = join(source.dataDir, masterKeyFileName)
  const made = randomBytes(masterKeyBytes)
  const isMade = await writeMasterKey(source.dataDir, made).catch((cause: unknown) => {
    throw explainStoreError(cause, path)
  })
  if (isMade) return { key: made, madeNow: true, path }
  const others = await readKeyFile(path)
  if (others === undefined) throw new MasterKeyError(`${path} can neither be read nor made`)
  return { key: others, madeNow: false, path }
}

/** The same without making one: `undefined` before the first start. */
export async function findMasterKey(source: MasterKeySource): Promise<MasterKey | undefined> {
  if (source.configured === undefined) {
    const path = join(source.dataDir, masterKeyFileName)
    const kept = await readKeyFile(path)
    return kept && { key: kept, madeNow: false, path }
  }
  const key = parseKey(source.configured)
  if (key !== undefined) return { key, madeNow: false }
  throw new ConfigError(
    'the configured master key is not 32 bytes as base64 or hex; `openssl rand -base64 32` makes one',
  )
}

/**
 * Call it where no key was found, before one is made: a database that was sealed
 * with a key needs that one, and a new file in its place would hide the loss.
 *
 * Throws `MasterKeyError`, which says the cure; nothing is changed then.
 */
async function refuseNewKeyFor(database: Database): Promise<void> {
  const sealed = await database.query.selectFrom('master_key_check').select('id').executeTakeFirst()
  if (sealed === undefined) return
  throw new MasterKeyError(
    `the master key of this database is missing: put it back (${masterKeyFileName} into the data directory, or RECADO_MASTER_KEY; other gateways of the database have it), or restore a backup, which brings it along. Without it sessions, messages and tokens cannot be read`,
  )
}

/**
 * Makes the key of a new database. Of nodes that start at the same moment, each with a data directory of its own,
 * one makes it; the others throw, and leave no file.
 *
 * Tell the operator when `madeNow` is true, then call `checkMasterKey`: any failure but
 * that of another key comes there.
 *
 * Throws `MasterKeyError`, also for a database that was sealed with a key before.
 */
export async function makeMasterKey(
  database: Database,
  source: MasterKeySource,
): Promise<MasterKey> {
  await refuseNewKeyFor(database)
  const made = await openMasterKey(source)
  const refusal = await checkMasterKey(database, createVault(made.key)).catch(
    (cause: unknown) => cause,
  )
  if (!(refusal instanceof MasterKeyError)) return made
  // Nothing is sealed with it. If it stayed, it would look like the key of the data.
  if (made.madeNow && made.path !== undefined) await unlink(made.path)
  await refuseNewKeyFor(database)
  throw refusal
}

/**
 * Makes sure that the stored data belongs to this key. The first start writes
 * what the later ones compare with.
 *
 * Throws `MasterKeyError`, which says the cure; nothing is changed then.
 */
export async function checkMasterKey(database: Database, vault: Vault): Promise<void> {
  await database.transaction(async ({ query }) => {
    const sealed = vault.seal(Buffer.from(checkText), checkContext)
    // Two nodes may start at the same moment: the second one waits here, and compares.
    await query
      .insertInto('master_key_check')
      .values({ id: 1, check_sealed: sealed })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await query.selectFrom('master_key_check').selectAll().executeTakeFirstOrThrow()
    openMasterKeyCheck(vault, row.check_sealed)
  })
}

const checkText = 'recado'
const checkContext = 'master_key_check'

/** Throws `MasterKeyError` when the check was sealed with another key. */
export function openMasterKeyCheck(vault: Vault, sealed: Uint8Array): void {
  try {
    vault.open(sealed, checkContext)
  } catch (cause) {
    throw new MasterKeyError(
      `this database was written with another master key: put back the one it was made with (RECADO_MASTER_KEY, or ${masterKeyFileName} in the data directory)`,
      { cause },
    )
  }
}

/**
 * Writes the file, and gives whether there was none before; one that is there
 * stays as it is. The name is given to the finished file, so no
 * other process and no later start ever finds half a key.
 */
export async function writeMasterKey(dataDir: string, key: Uint8Array): Promise<boolean> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, masterKeyFileName)
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${Buffer.from(key).toString('base64')}\n`)
    await file.sync()
    await link(draft, path)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw cause
  } finally {
    await file.close()
    await unlink(draft)
  }
  // The name, too, has to survive a power cut: what is sealed with a lost key is lost.
  const parent = await open(dataDir, 'r')
  await parent.sync()
  await parent.close()
  return true
}

/** Undefined when there is none. */
async function readKeyFile(path: string): Promise<Uint8Array | undefined> {
  const mode = await modeOf(path)
  if (mode === undefined) return undefined
  if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
    throw new MasterKeyError(`other users of this machine may read ${path}: run chmod 600 on it`)
  }
  const key = parseKey(await readText(path))
  if (key === undefined) {
    throw new MasterKeyError(
      `${path} holds no master key (32 bytes as base64): restore it from its backup`,
    )
  }
  return key
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw explainStoreError(cause, path)
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw explainStoreError(cause, path)
  }
}

/** Node decodes what it can and ignores the rest, so the form is checked first. */
function parseKey(text: string): Uint8Array | undefined {
  const word = text.trim()
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex')
  if (/^[A-Za-z0-9+/]{43}=?$/.test(word)) return Buffer.from(word, 'base64')
  if (/^[A-Za-z0-9_-]{43}=?$/.test(word)) return Buffer.from(word, 'base64url')
  return undefined
}

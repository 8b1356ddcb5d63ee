/** `recado backup` and `recado restore`. */

import type { Config } from '../config.js'
import type { Clock } from '../runtime/clock.js'
import type { AskSecret } from './ask-secret.js'
import { CommandError } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export interface BackupApi {
  readonly config: Config
  readonly print: Print
  readonly clock: Clock
  readonly askSecret: AskSecret
  readonly version: string
}

const shortestPassphrase = 12

export async function backup(
  { config, print, clock, askSecret, version }: BackupApi,
  path: string,
  gatewayUrl: () => string,
): Promise<void> {
  // Loaded here: the other commands need no database.
  const { takeBackup } = await import('../operating/take-backup.js')
  const { rows } = await takeBackup({
    ...placeOf(config),
    path,
    passphrase: config.backupPassphrase?.reveal() ?? (await askForNew(askSecret)),
    gatewayUrl,
    version,
    now: clock.now(),
  })
  print(`${path} holds ${rows} rows and the master key. It was read back to its end.`)
  print('Keep the passphrase in another place: without it this file cannot be opened.')
}

export interface RestoreWish {
  readonly force?: boolean
  readonly unchangedSince?: boolean
}

export async function restore(
  { config, print, clock, askSecret }: BackupApi,
  path: string,
  { force = false, unchangedSince = false }: RestoreWish,
): Promise<void> {
  const { restoreBackup } = await import('../operating/restore.js')
  const restored = await restoreBackup({
    ...placeOf(config),
    path,
    passphrase: config.backupPassphrase?.reveal() ?? (await askSecret('Passphrase: ')),
    force,
    unchangedSince,
    now: clock.now(),
  })
  const madeAt = new Date(restored.head.madeAt).toISOString()
  print(`Restored ${restored.rows} rows as they were on ${madeAt}.`)
  for (const file of restored.movedAside) print(`What was there before is now ${file}`)
  if (unchangedSince) return
  print(
    `${restored.endedMessages} messages waited then. None of them will be sent; the next start tells of each that it is unconfirmed.`,
  )
  print('Make sure that the gateway this comes from does not run any more.')
}

function placeOf({ dataDir, databaseUrl, masterKey }: Config) {
  return {
    dataDir,
    databaseUrl: databaseUrl?.reveal(),
    configuredMasterKey: masterKey?.reveal(),
  }
}

async function askForNew(askSecret: AskSecret): Promise<string> {
  const passphrase = await askSecret('New passphrase: ')
  if (passphrase.length < shortestPassphrase)
    throw new CommandError(`The passphrase must have at least ${shortestPassphrase} characters.`)
  if ((await askSecret('Once more: ')) === passphrase) return passphrase
  throw new CommandError('These were two different passphrases. Nothing was written.')
}

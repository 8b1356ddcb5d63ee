/** `recado administrator reset`: for who lost the password of the console. */

import type { Config } from '../config.js'
import type { EpochMs } from '../domain/time.js'
import type { GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export interface AdministratorApi {
  readonly config: Config
  /** The gateway that has the database, should one run. */
  readonly connect: () => GatewayClient
  readonly print: Print
  readonly now: EpochMs
}

/** On the store itself, or by the gateway that has it. */
export async function resetAdministrator(desk: AdministratorApi): Promise<void> {
  const { config, connect, print, now } = desk
  // Loaded here: the other commands need no database.
  const { removeStoppedAdministrators } = await import('../operating/remove-administrators.js')
  const { dataDir, databaseUrl } = config
  const location = databaseUrl === undefined ? { dataDir } : { url: databaseUrl.reveal() }
  const stopped = await removeStoppedAdministrators(location, now)
  if (stopped !== 'in-use') {
    printRemoved(stopped.administrators, stopped.sessionIds.size, print)
    print('The next start of the gateway prints a set-up code for the console.')
    return
  }
  const client = connect()
  const { administrators, logins, setupCode } = await client.resetAdministrators()
  printRemoved(administrators, logins, print)
  print(
    `Open ${config.publicUrl ?? client.url}/console and make an administrator with this set-up code:`,
  )
  print(`\n  ${setupCode}\n`)
}

function printRemoved(administrators: number, logins: number, print: Print): void {
  if (administrators === 0) print('There was no administrator.')
  else print(`The administrator is gone. Logins that ended: ${logins}.`)
}

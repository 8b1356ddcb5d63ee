/** `recado doctor`. */

import type { Config } from '../config.js'
import type { Clock } from '../runtime/clock.js'
import { CommandError } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export interface DoctorApi {
  readonly config: Config
  readonly print: Print
  readonly clock: Clock
  /** Throws `CommandError` where it cannot be known. */
  readonly gatewayUrl: () => string
}

/** Throws `CommandError` when something fails, after it was printed. */
export async function doctor(
  { config, print, clock, gatewayUrl }: DoctorApi,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  // Loaded here: the other commands need neither a database nor Baileys.
  const { examine } = await import('../operating/doctor.js')
  const findings = await examine({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal(),
    configuredMasterKey: config.masterKey?.reveal(),
    simulatorUrl: config.whatsapp.url,
    allowedNetworks: config.allowedNetworks,
    clientTokenRequired: config.clientTokenRequired,
    gatewayUrl,
    clock,
  })
  if (json) print(JSON.stringify(findings))
  else
    for (const { name, verdict, text, cure } of findings) {
      print(`${verdict.padEnd(8)}${name.padEnd(16)}${text}`)
      if (cure !== undefined) print(`${' '.repeat(24)}→ ${cure}`)
    }
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length
  if (failed > 0) throw new CommandError(`${failed} of ${findings.length} checks failed.`)
}

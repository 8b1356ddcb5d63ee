/** `recado alerts test`: tells each channel of the alerts that this is a test. */

import type { Command } from 'commander'
import { CommandError, type GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'

interface AlertCommandOptions {
  readonly program: Command
  readonly withUrl: (command: Command) => Command
  readonly connect: (given: { url?: string }) => Pick<GatewayClient, 'testAlerts'>
  readonly print: Print
}

export function addAlertCommands({ program, withUrl, connect, print }: AlertCommandOptions): void {
  const alerts = program.command('alerts').description('what tells you that something is wrong')
  withUrl(alerts.command('test'))
    .description('send a test to each channel that is set in the console')
    .option('--json', 'print one line of JSON')
    .action((given: { url?: string; json?: boolean }) => testAlerts(connect(given), given, print))
}

/** Throws `CommandError` when a channel did not take it, or none is set. */
async function testAlerts(
  client: Pick<GatewayClient, 'testAlerts'>,
  { json = false }: { readonly json?: boolean },
  print: Print,
): Promise<void> {
  const results = await client.testAlerts()
  if (json) print(JSON.stringify(results))
  else
    for (const { channel, problem, tookMs } of results)
      print(`${channel.padEnd(10)}${problem === null ? `taken in ${tookMs} ms` : problem}`)
  if (results.length === 0)
    throw new CommandError('No channel is set. Open Alerts in the console, fill one in, save it.')
  if (results.some(({ problem }) => problem !== null))
    throw new CommandError('Not every channel took the test.')
}

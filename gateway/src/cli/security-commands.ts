/** `recado tokens`, `recado callers`, `recado audit`, and what `recado instance` does about access. */

import type { Command } from 'commander'
import type { InstanceEntry } from './gateway-answers.js'
import { CommandError, type GatewayClient } from './gateway-client.js'
import { findInstance, type Print } from './instance-commands.js'
import { overlapOf, overlapOption, printEnd } from './overlap.js'

interface Given {
  readonly url?: string
  readonly overlap?: string
  readonly json?: boolean
}

export interface SecurityCommandsOptions {
  readonly program: Command
  /** `recado instance`. */
  readonly instance: Command
  /** Adds the option that names the gateway. */
  readonly withUrl: (command: Command) => Command
  readonly connect: (given: { url?: string }) => GatewayClient
  readonly print: Print
}

export function addSecurityCommands(options: SecurityCommandsOptions): void {
  addTokenCommands(options)
  addCallerCommands(options)
  addAuditCommand(options)
  addInstanceCommands(options)
}

function addTokenCommands({ program, withUrl, connect, print }: SecurityCommandsOptions): void {
  const tokens = program.command('tokens').description('the client token and the partner token')
  withUrl(tokens.command('rotate'))
    .description('make a new one and show it once')
    .argument('<kind>', 'client or partner')
    .option(...overlapOption)
    .action(async (kind: string, given: Given) => {
      if (kind !== 'client' && kind !== 'partner')
        throw new CommandError('Say which token: client or partner.')
      const made = await connect(given).rotateAccessToken(kind, overlapOf(given))
      print(`RECADO_${kind.toUpperCase()}_TOKEN=${made.token}`)
      printEnd(made.previousUntil, print)
    })
}

function addCallerCommands({ program, withUrl, connect, print }: SecurityCommandsOptions): void {
  const callers = program.command('callers').description('the addresses that may call the gateway')
  withUrl(callers.command('list'))
    .description('show them')
    .action(async (given: Given) => printCallers((await connect(given).callers()).networks, print))
  withUrl(callers.command('set'))
    .description('replace them; without any, every address may call')
    .argument('[networks...]', 'such as 203.0.113.0/24 or 203.0.113.7')
    .action(async (networks: readonly string[], given: Given) => {
      await connect(given).setCallers(networks)
      printCallers(networks, print)
    })
}

function addAuditCommand({ program, withUrl, connect, print }: SecurityCommandsOptions): void {
  withUrl(program.command('audit'))
    .description('show who did what, the newest first')
    .option('--instance <id>', 'only what was done to this instance')
    .option('--since <time>', 'only what happened then or later: 2026-11-20T10:00Z')
    .option('--json', 'print one line of JSON each')
    .action(async (given: Given & { instance?: string; since?: string }) => {
      const client = connect(given)
      const query = { instanceId: given.instance, since: sinceOf(given.since) }
      let before: string | undefined
      do {
        const page = await client.audit({ ...query, before })
        for (const each of page.acts) {
          if (given.json === true) print(JSON.stringify(each))
          else {
            const what = [each.act, each.instanceId, each.detail].filter((part) => part !== null)
            print(
              `${new Date(each.at).toISOString()}  ${(each.name ?? each.role).padEnd(8)}  ${each.address}  ${what.join('  ')}`,
            )
          }
        }
        before = page.next ?? undefined
      } while (before !== undefined)
    })
}

function addInstanceCommands({ instance, withUrl, connect, print }: SecurityCommandsOptions): void {
  const of = async (id: string, given: Given): Promise<[GatewayClient, InstanceEntry]> => {
    const client = connect(given)
    return [client, await findInstance(client, id)]
  }
  withUrl(instance.command('rotate-token'))
    .description('give an instance a new token and show it')
    .argument('<id>', 'the instance')
    .option(...overlapOption)
    .action(async (id: string, given: Given) => {
      const [client, found] = await of(id, given)
      const made = await client.rotateToken(found, overlapOf(given))
      print(`Token          ${made.token}`)
      printEnd(made.previousUntil, print)
    })
  withUrl(instance.command('rotate-webhook-secret'))
    .description('give an instance a new secret for the signatures of its callbacks')
    .argument('<id>', 'the instance')
    .option(...overlapOption)
    .action(async (id: string, given: Given) => {
      const [client, found] = await of(id, given)
      const made = await client.rotateWebhookSecret(found, overlapOf(given))
      print(`Webhook secret ${made.webhookSecret}`)
      printEnd(made.previousUntil, print)
    })
  withUrl(instance.command('client-token'))
    .description('say whether calls on an instance need the Client-Token')
    .argument('<id>', 'the instance')
    .argument('<required|optional>', 'optional is a risk: its URL alone then opens it')
    .action(async (id: string, need: string, given: Given) => {
      if (need !== 'required' && need !== 'optional')
        throw new CommandError('Say required or optional.')
      const [client, found] = await of(id, given)
      await client.setClientTokenRequired(found, need === 'required')
      print(
        need === 'required'
          ? 'Calls need the Client-Token.'
          : 'Calls need no Client-Token. A person who has read the URL of the instance can send from it.',
      )
    })
  withUrl(instance.command('callers'))
    .description('show the addresses that may call on an instance, or replace them')
    .argument('<id>', 'the instance')
    .argument('[networks...]', 'such as 203.0.113.0/24 or 203.0.113.7')
    .option('--everybody', 'take the list away')
    .action(
      async (id: string, networks: readonly string[], given: Given & { everybody?: boolean }) => {
        const [client, found] = await of(id, given)
        if (networks.length > 0 || given.everybody === true)
          await client.setCallersOf(found, networks)
        printCallers((await client.callersOf(found)).networks, print)
      },
    )
  withUrl(instance.command('delete'))
    .description('unlink the phone of an instance and delete everything that belongs to it')
    .argument('<id>', 'the instance')
    .requiredOption('--yes', 'really: it cannot be undone')
    .action(async (id: string, given: Given) => {
      const [client, found] = await of(id, given)
      await client.deleteInstance(found)
      print(`The instance ${id} is gone.`)
    })
}

function sinceOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) throw new CommandError('--since is a moment such as 2026-11-20T10:00Z.')
  return String(moment)
}

function printCallers(networks: readonly string[], print: Print): void {
  print(networks.length === 0 ? 'Every address may call.' : networks.join('\n'))
}

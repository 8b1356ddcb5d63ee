/** `recado pool`: an id and a token that several instances send for. */

import type { Command } from 'commander'
import type { MemberEntry, PoolEntry, PoolStatus } from './gateway-answers.js'
import { CommandError, type GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'
import { overlapOf, overlapOption, printEnd } from './overlap.js'

interface Given {
  readonly url?: string
  readonly overlap?: string
  readonly json?: boolean
}

export interface PoolCommandsOptions {
  readonly program: Command
  /** Adds the option that names the gateway. */
  readonly withUrl: (command: Command) => Command
  readonly connect: (given: { url?: string }) => GatewayClient
  readonly print: Print
}

export function addPoolCommands({ program, withUrl, connect, print }: PoolCommandsOptions): void {
  const pool = program
    .command('pool')
    .description('pools: an id and a token that several instances send for')
  const command = (name: string) => withUrl(pool.command(name))
  command('create')
    .description('create a pool and print its id and token')
    .requiredOption('--name <name>', 'what people call it')
    .option('--id <id>', 'the id that it has elsewhere, so that URLs keep their path')
    .option('--token <token>', 'the same of its token')
    .option('--json', 'print one line of JSON')
    .action((given: Given & { name: string; id?: string; token?: string }) =>
      createPool(connect(given), given, print),
    )
  command('list')
    .description('list the pools and how many of their members are connected')
    .option('--json', 'print one line of JSON')
    .action((given: Given) => listPools(connect(given), given, print))
  command('show')
    .description('show the members of a pool and how long a new code would wait')
    .argument('<id>', 'the pool')
    .option('--json', 'print one line of JSON')
    .action(async (id: string, given: Given) => {
      const status = await connect(given).pool(id)
      if (given.json === true) print(JSON.stringify(status))
      else showPool(status, print)
    })
  command('add')
    .description('add an instance to a pool, or change its weight')
    .argument('<id>', 'the pool')
    .argument('<instance>', 'the instance')
    .option('--weight <weight>', 'its share of the people whom no member knows, 1 to 100', '1')
    .action(async (id: string, instance: string, given: Given & { weight: string }) => {
      await connect(given).setPoolMember(id, instance, weightIn(given.weight))
      print(`${instance} sends for the pool, with weight ${given.weight}.`)
    })
  command('remove')
    .description('take an instance out of a pool; what waits there goes to the other members')
    .argument('<id>', 'the pool')
    .argument('<instance>', 'the instance')
    .action(async (id: string, instance: string, given: Given) => {
      await connect(given).removePoolMember(id, instance)
      print(`${instance} does not send for the pool.`)
    })
  command('rotate-token')
    .description('give a pool a new token and show it')
    .argument('<id>', 'the pool')
    .option(...overlapOption)
    .action(async (id: string, given: Given) => {
      const client = connect(given)
      const made = await client.rotateToken(await findPool(client, id), overlapOf(given))
      print(`Token          ${made.token}`)
      printEnd(made.previousUntil, print)
    })
  command('delete')
    .description('delete a pool; its instances stay, and send what waits there for it')
    .argument('<id>', 'the pool')
    .requiredOption('--yes', 'really: it cannot be undone')
    .action(async (id: string, given: Given) => {
      await connect(given).deletePool(id)
      print(`The pool ${id} is gone.`)
    })
}

async function createPool(
  client: GatewayClient,
  { name, id, token, json }: Given & { name: string; id?: string; token?: string },
  print: Print,
): Promise<void> {
  const created = await client.createPool({ name, id, token })
  if (json === true) return print(JSON.stringify(created))
  print(`Pool           ${created.id}`)
  print(`Token          ${created.token}`)
  print(`\nAdd an instance to it: recado pool add ${created.id} INSTANCE`)
}

/** Tokens stay out of it: a listing ends up on screens and in tickets. */
async function listPools(client: GatewayClient, { json }: Given, print: Print): Promise<void> {
  const pools = (await client.pools()).map(({ token: _token, ...pool }) => pool)
  if (json === true) return print(JSON.stringify(pools))
  if (pools.length === 0)
    return print('There is no pool yet. Make one: recado pool create --name NAME')
  for (const { id, name, members } of pools) {
    const connected = members.filter(({ whatsappConnected }) => whatsappConnected).length
    print(`${id}  ${connected} of ${members.length} connected  ${name}`)
  }
}

function showPool({ name, expected, waiting, members }: PoolStatus, print: Print): void {
  print(`Name           ${name}`)
  print(`A new code     ${waitText(expected.high)}`)
  print(`A new text     ${waitText(expected.normal)}`)
  const { high, normal, low } = waiting
  print(`Waiting        ${high} high, ${normal} normal, ${low} low`)
  if (members.length === 0) print('\nIt has no members: it sends nothing.')
  else print('')
  for (const member of members) print(memberLine(member))
}

function memberLine(member: MemberEntry): string {
  const { instanceId, state, weight, expected, today, restrictedUntil, name } = member
  const until = restrictedUntil === null ? '' : ` until ${new Date(restrictedUntil).toISOString()}`
  const most =
    today.mostMessages === null ? '' : `, ${today.messages} of ${today.mostMessages} today`
  return `${instanceId}  ${state}${until}  weight ${weight}, a code ${waitText(expected.high)}${most}  ${name}`
}

function waitText(seconds: number | null): string {
  return seconds === null ? 'cannot be sent now' : `leaves in ${seconds} s`
}

function weightIn(text: string): number {
  if (/^[1-9]\d{0,2}$/u.test(text) && Number(text) <= 100) return Number(text)
  throw new CommandError('--weight is a whole number from 1 to 100.')
}

/** Throws `CommandError` if there is none with this id. */
async function findPool(client: GatewayClient, id: string): Promise<PoolEntry> {
  const found = (await client.pools()).find((pool) => pool.id === id)
  if (found === undefined)
    throw new CommandError(`There is no pool ${id}. "recado pool list" shows them all.`)
  return found
}

/** `recado people`: who may use the console, and what for. `recado key`: what programs call with. */

import type { Command } from 'commander'
import type { KeyOfOperator, PersonOfOperator } from '../http/people-route.js'
import { CommandError, type GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'

interface Given {
  readonly url?: string
  readonly json?: boolean
}

export interface PeopleCommandsOptions {
  readonly program: Command
  /** Adds the option that names the gateway. */
  readonly withUrl: (command: Command) => Command
  readonly connect: (given: { url?: string }) => GatewayClient
  readonly print: Print
}

const roleHelp = 'viewer, operator or administrator'

export function addPeopleCommands(options: PeopleCommandsOptions): void {
  addPersonCommands(options)
  addKeyCommands(options)
}

function addPersonCommands({ program, withUrl, connect, print }: PeopleCommandsOptions): void {
  const people = program.command('people').description('the people of the console, and their roles')
  withUrl(people.command('list'))
    .description('show their names and roles')
    .option('--json', 'print one line of JSON each')
    .action(async (given: Given) => {
      const all = await peopleOf(connect(given))
      if (all.length === 0 && given.json !== true)
        print('The console has no people yet. The first one needs the set-up code.')
      for (const each of all) {
        const factor = each.hasSecondFactor ? 'with one-time codes' : 'without one-time codes'
        const line = `${each.name.padEnd(20)}  ${each.role.padEnd(13)}  ${factor}`
        print(given.json === true ? JSON.stringify(each) : line)
      }
    })
  withUrl(people.command('invite'))
    .description('make a link by which one person joins, and show it once')
    .argument('<role>', roleHelp)
    .option('--for <text>', 'for whom it is, for the list', '')
    .option('--hours <hours>', 'how long the link counts, 1 to 168', '72')
    .action(async (role: string, given: Given & { for: string; hours: string }) => {
      const wish = { role, note: given.for, hours: wholeIn(given.hours, '--hours') }
      const client = connect(given)
      const made = await client.operate<{ url: string; expiresAt: number }>(
        'POST',
        'invitations',
        wish,
      )
      print(made.url)
      print(`Good until ${new Date(made.expiresAt).toISOString()}, for one person.`)
    })
  withUrl(people.command('role'))
    .description('give a person another role; every login of that person ends')
    .argument('<name>', 'as "recado people list" shows it')
    .argument('<role>', roleHelp)
    .action(async (name: string, role: string, given: Given) => {
      const client = connect(given)
      const { id } = await personOf(client, name)
      await client.operate('PUT', `people/${id}/role`, { role })
      print(`${name} is now: ${role}.`)
    })
  withUrl(people.command('remove'))
    .description('remove a person; every login of that person ends')
    .argument('<name>', 'as "recado people list" shows it')
    .action(async (name: string, given: Given) => {
      const client = connect(given)
      const { id } = await personOf(client, name)
      await client.operate('DELETE', `people/${id}`)
      print(`${name} cannot log in any more.`)
    })
}

function addKeyCommands({ program, withUrl, connect, print }: PeopleCommandsOptions): void {
  const keys = program
    .command('key')
    .description('API keys, which programs send in the place of the token of an instance')
  withUrl(keys.command('create'))
    .description('make one and show it once')
    .requiredOption('--name <name>', 'the program that gets it, for the list and the audit log')
    .requiredOption('--scopes <scopes>', 'read, send, manage, separated by commas')
    .option('--instances <ids>', 'the instances that it opens, separated by commas; else every one')
    .option('--days <days>', 'after how many days it expires; else never')
    .action(
      async (
        given: Given & { name: string; scopes: string; instances?: string; days?: string },
      ) => {
        const wish = {
          name: given.name,
          scopes: listIn(given.scopes),
          ...(given.instances === undefined ? {} : { instanceIds: listIn(given.instances) }),
          ...(given.days === undefined ? {} : { days: wholeIn(given.days, '--days') }),
        }
        const client = connect(given)
        const made = await client.operate<{ id: string; token: string }>('POST', 'keys', wish)
        print(`Key  ${made.token}`)
        print(`Id   ${made.id}`)
      },
    )
  withUrl(keys.command('list'))
    .description('show their ids, names and scopes')
    .option('--json', 'print one line of JSON each')
    .action(async (given: Given) => {
      const { keys: all } = await connect(given).operate<{ keys: KeyOfOperator[] }>('GET', 'keys')
      for (const each of all) print(given.json === true ? JSON.stringify(each) : lineOf(each))
      if (all.length === 0 && given.json !== true) print('There is no API key.')
    })
  withUrl(keys.command('revoke'))
    .description('refuse the next call with this key')
    .argument('<id>', 'as "recado key list" shows it')
    .action(async (id: string, given: Given) => {
      await connect(given).operate('DELETE', `keys/${encodeURIComponent(id)}`)
      print(`The key ${id} does not count any more.`)
    })
}

async function peopleOf(client: GatewayClient): Promise<readonly PersonOfOperator[]> {
  return (await client.operate<{ people: PersonOfOperator[] }>('GET', 'people')).people
}

async function personOf(client: GatewayClient, name: string): Promise<PersonOfOperator> {
  const found = (await peopleOf(client)).find((each) => each.name === name.trim().toLowerCase())
  if (found !== undefined) return found
  throw new CommandError(`The console knows no ${name}. "recado people list" shows the names.`)
}

function lineOf({ id, name, scopes, instanceIds, expiresAt, lastUsedAt }: KeyOfOperator): string {
  const which = instanceIds === null ? 'every instance' : `${instanceIds.length} instances`
  const until = expiresAt === null ? 'does not expire' : `until ${dayOf(expiresAt)}`
  const used = lastUsedAt === null ? 'never used' : `used ${dayOf(lastUsedAt)}`
  return [id, scopes.join('+'), which, until, used, name].join('  ')
}

function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

function listIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function wholeIn(text: string, option: string): number {
  if (/^[0-9]{1,6}$/u.test(text)) return Number(text)
  throw new CommandError(`${option} is a whole number.`)
}

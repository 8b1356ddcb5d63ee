/** `recado instance create`, `list`, `status`, `reconnect` and `restart`. */

import type { Disconnected, InstanceEntry, InstanceStatus } from './gateway-answers.js'
import { CommandError, type GatewayClient } from './gateway-client.js'

/** What commands write for people and scripts: standard output, one text at a time. */
export type Print = (text: string) => void

export async function createInstance(
  client: GatewayClient,
  {
    name,
    id,
    token,
    json = false,
  }: {
    readonly name: string
    readonly id?: string
    readonly token?: string
    readonly json?: boolean
  },
  print: Print,
): Promise<void> {
  const created = await client.createInstance({ name, id, token })
  if (json) {
    print(JSON.stringify(created))
    return
  }
  print(`Instance       ${created.id}`)
  print(`Token          ${created.token}`)
  print(`Webhook secret ${created.webhookSecret}`)
  print(`\nLink it with a phone: recado pair ${created.id}`)
}

/** Tokens stay out of it: a listing ends up on screens and in tickets. */
export async function listInstances(
  client: GatewayClient,
  { json = false }: { readonly json?: boolean },
  print: Print,
): Promise<void> {
  const instances = (await everyInstance(client)).map(
    ({ id, name, whatsappConnected: connected, disconnection }) => ({
      id,
      name,
      connected,
      ...(disconnection === undefined ? {} : { disconnection }),
    }),
  )
  if (json) print(JSON.stringify(instances))
  else if (instances.length === 0)
    print('There is no instance yet. Make one: recado instance create --name NAME')
  else {
    const width = Math.max('not connected'.length, ...instances.map(stateOf).map(lengthOf))
    for (const instance of instances) {
      const { id, name, disconnection } = instance
      print(`${id}  ${stateOf(instance).padEnd(width)}  ${name}`)
      if (disconnection !== undefined && disconnection.remedy !== 'wait')
        for (const line of explain(id, disconnection)) print(`${' '.repeat(id.length)}  ${line}`)
    }
  }
}

/** Throws `CommandError` if it is not connected, after the cause and the cure were printed. */
export async function showStatus(
  client: GatewayClient,
  { id, json = false }: { readonly id: string; readonly json?: boolean },
  print: Print,
): Promise<void> {
  const status = await client.status(await findInstance(client, id))
  if (json) print(JSON.stringify(status))
  else judge(id, status, print)
}

/** Opens the connection of an instance that is linked. Throws as `showStatus` does. */
export async function reconnect(
  client: GatewayClient,
  { id, restart }: { readonly id: string; readonly restart: boolean },
  print: Print,
): Promise<void> {
  const instance = await findInstance(client, id)
  await (restart ? client.restart(instance) : client.reconnect(instance))
  judge(id, await client.status(instance), print)
}

function judge(id: string, { connected, disconnection }: InstanceStatus, print: Print): void {
  if (connected) return print('Connected.')
  if (disconnection === undefined)
    throw new CommandError(`Not connected. Link it with a phone: recado pair ${id}`)
  for (const line of explain(id, disconnection)) print(line)
  throw new CommandError(`Not connected: ${disconnection.reason}.`)
}

/** The cause, and a line for each thing to do. */
export function explain(id: string, { cause, cure, remedy, until }: Disconnected): string[] {
  const end = until === undefined ? [] : [`It ends at ${new Date(until).toISOString()}.`]
  const command = {
    wait: [],
    pair: [`→ recado pair ${id}`],
    reconnect: [`→ recado instance reconnect ${id}`],
  }
  return [cause, ...end, `→ ${cure}`, ...command[remedy]]
}

interface Listed {
  readonly connected: boolean
  readonly disconnection?: Disconnected
}

function stateOf({ connected, disconnection }: Listed): string {
  return connected ? 'connected' : (disconnection?.reason ?? 'not connected')
}

function lengthOf(text: string): number {
  return text.length
}

/** Throws `CommandError` if there is none with this id. */
export async function findInstance(client: GatewayClient, id: string): Promise<InstanceEntry> {
  const { content } = await client.listInstances({ part: id })
  const found = content.find((instance) => instance.id === id)
  if (found === undefined)
    throw new CommandError(`There is no instance ${id}. "recado instance list" shows them all.`)
  return found
}

async function everyInstance(client: GatewayClient): Promise<readonly InstanceEntry[]> {
  const found: InstanceEntry[] = []
  for (let page = 1; ; page++) {
    const { total, content } = await client.listInstances({ page })
    found.push(...content)
    if (content.length === 0 || found.length >= total) return found
  }
}

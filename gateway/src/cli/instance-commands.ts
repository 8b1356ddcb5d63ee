/** `recado instance create` and `recado instance list`. */

import { CommandError, type GatewayClient, type InstanceEntry } from './gateway-client.js'

/** What commands write for people and scripts: standard output, one text at a time. */
export type Print = (text: string) => void

export async function createInstance(
  client: GatewayClient,
  { name, json = false }: { readonly name: string; readonly json?: boolean },
  print: Print,
): Promise<void> {
  const created = await client.createInstance(name)
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
  const instances = (await everyInstance(client)).map(({ id, name, whatsappConnected }) => ({
    id,
    name,
    connected: whatsappConnected,
  }))
  if (json) print(JSON.stringify(instances))
  else if (instances.length === 0)
    print('There is no instance yet. Make one: recado instance create --name NAME')
  else
    for (const { id, name, connected } of instances)
      print(`${id}  ${connected ? 'connected    ' : 'not connected'}  ${name}`)
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

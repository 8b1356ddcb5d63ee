/** `recado nodes`: the gateways that share a database. */

import type { NodeEntry } from './gateway-answers.js'
import type { GatewayClient } from './gateway-client.js'
import type { Print } from './instance-commands.js'

export async function listNodes(
  client: Pick<GatewayClient, 'nodes'>,
  { json = false }: { readonly json?: boolean },
  print: Print,
): Promise<void> {
  const nodes = await client.nodes()
  if (json) return print(JSON.stringify(nodes))
  if (nodes.length === 0) return print('This gateway has its database alone.')
  for (const node of nodes) {
    const instances = `${node.instances} instances`.padEnd(16)
    const seconds = `${(node.heartbeatAgoMs / 1_000).toFixed(1)} s ago`
    print(`${node.url.padEnd(32)}${instances}${node.version.padEnd(12)}${seconds}${notesOf(node)}`)
  }
}

function notesOf({ isThis, isLeaving, isReachable }: NodeEntry): string {
  const notes = [
    isThis ? 'this one' : '',
    isLeaving ? 'shutting down' : '',
    isReachable ? '' : 'not reachable',
  ].filter((note) => note !== '')
  return notes.length === 0 ? '' : `  (${notes.join(', ')})`
}

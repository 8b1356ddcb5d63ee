/** `recado mcp`: MCP for agents that start their servers as programs. `recado mcp-token`: who may use it. */

import type { Command } from 'commander'
import type { Secret } from '../runtime/secret.js'
import { CommandError, type GatewayClient } from './gateway-client.js'
import { findInstance, type Print } from './instance-commands.js'

export interface McpCommandsOptions {
  readonly program: Command
  /** Adds the option that names the gateway. */
  readonly withUrl: (command: Command) => Command
  readonly connect: (given: { url?: string }) => GatewayClient
  readonly print: Print
  readonly version: string
  /** As configured. */
  readonly token: () => Secret | undefined
}

interface Given {
  readonly url?: string
}

export function addMcpCommands(options: McpCommandsOptions): void {
  const { program, withUrl, connect, version, token } = options
  withUrl(program.command('mcp'))
    .description('serve MCP on standard input and output, for an AI agent on this machine')
    .option('--tools <names>', 'only these tools, separated by commas')
    .action(async (given: Given & { tools?: string }) => {
      const held = token()
      if (held === undefined)
        throw new CommandError(
          'RECADO_MCP_TOKEN is not set. Set it to the token that "recado mcp-token create ID" shows.',
        )
      // Loaded here: the other commands need nothing of the protocol.
      const { serveMcp } = await import('./mcp-bridge.js')
      const { url } = connect(given)
      await serveMcp({ url, token: held.reveal(), version, tools: given.tools })
    })
  addTokenCommands(options)
}

function addTokenCommands({ program, withUrl, connect, print }: McpCommandsOptions): void {
  const tokens = program
    .command('mcp-token')
    .description('the tokens by which AI agents use an instance')
  withUrl(tokens.command('create'))
    .description('make one and show it once')
    .argument('<id>', 'the instance')
    .requiredOption('--name <name>', 'who gets it, for the list and the audit log')
    .option('--scope <scope>', 'read, or send to also send, answer and cancel messages', 'read')
    .action(async (id: string, given: Given & { name: string; scope: string }) => {
      const client = connect(given)
      const { token } = await client.createMcpToken(await findInstance(client, id), {
        name: given.name,
        scope: given.scope,
      })
      print(`RECADO_MCP_TOKEN=${token}`)
      print(`Address  ${client.url}/mcp`)
    })
  withUrl(tokens.command('list'))
    .description('show their ids, scopes, names, and when each was made and used last')
    .argument('<id>', 'the instance')
    .action(async (id: string, given: Given) => {
      const client = connect(given)
      const { tokens: held } = await client.mcpTokens(await findInstance(client, id))
      for (const { id: tokenId, scope, created, lastUsed, name } of held)
        print(`${tokenId}  ${scope}  ${created}  ${lastUsed ?? 'not used'}  ${name}`)
      if (held.length === 0) print('No agent has a token.')
    })
  withUrl(tokens.command('revoke'))
    .description('refuse the next call with this token')
    .argument('<id>', 'the instance')
    .argument('<token-id>', 'as "recado mcp-token list" shows it')
    .action(async (id: string, tokenId: string, given: Given) => {
      const client = connect(given)
      await client.revokeMcpToken(await findInstance(client, id), tokenId)
      print(`The token ${tokenId} does not count any more.`)
    })
}

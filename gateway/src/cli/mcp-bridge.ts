/** MCP on standard input and output, answered by `/mcp` of a running gateway. */

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Server } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { CommandError } from './gateway-client.js'

export interface McpBridgeOptions {
  /** Of the gateway, without a slash at the end. */
  readonly url: string
  readonly token: string
  readonly version: string
  /** Names, separated by commas; all if unset. */
  readonly tools: string | undefined
}

/**
 * Serves until standard input ends. Throws `CommandError` when the gateway cannot be reached, or
 * refuses the token.
 */
export async function serveMcp({ url, token, version, tools }: McpBridgeOptions): Promise<void> {
  const address = new URL(`${url}/mcp`)
  if (tools !== undefined) address.searchParams.set('tools', tools)
  const client = new Client(
    { name: 'recado-mcp', version },
    { versionNegotiation: { mode: 'auto' } },
  )
  const transport = new StreamableHTTPClientTransport(address, {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
  try {
    await client.connect(transport)
  } catch (cause) {
    throw new CommandError(
      `MCP at ${url}/mcp cannot be used: start the gateway, name its address with --url, or make a new RECADO_MCP_TOKEN.`,
      { cause },
    )
  }
  const instructions = client.getInstructions()
  serveStdio(() => {
    const server = new Server(
      { name: 'recado', version },
      { capabilities: { tools: {} }, ...(instructions !== undefined && { instructions }) },
    )
    server.setRequestHandler('tools/list', async () => ({
      tools: (await client.listTools()).tools,
    }))
    server.setRequestHandler('tools/call', ({ params }) => client.callTool(params))
    return server
  })
}

/**
 * `npm run mcp:real`: the protocol's own conformance scenarios, and the inspector, which sends a code
 * with a token of the sandbox's instance. Both are installed in a temporary folder (200 MB, once) and
 * run on Node 24. Ends with an error when a scenario fails or the code is not on the phone.
 */

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { nodeOf, workshop } from '../workshop.js'

/** The others want tools, prompts and resources made for them alone. */
const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection']
const code = 'A73920'

const node = join(nodeOf('24'), 'bin/node')
const tools = workshop('mcp', {
  '@modelcontextprotocol/conformance': '0.1.16',
  '@modelcontextprotocol/inspector': '2.12.0',
})

await main()
process.exit()

async function main(): Promise<void> {
  await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
  const token = await newToken(sandbox)
  await passScenarios(sandbox, token)
  await inspect(sandbox, token)
}

async function newToken({ gateway, instance, partnerToken }: Sandbox): Promise<string> {
  const path = `instances/${instance.id}/token/${instance.token}/integrator/mcp-tokens`
  const answer = await fetch(`${gateway.url}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${partnerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Inspector', scope: 'send' }),
  })
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}

async function passScenarios({ gateway }: Sandbox, token: string): Promise<void> {
  await using door = await openDoor(gateway.url, token)
  for (const scenario of scenarios) {
    const printed = await run('conformance', 'server', '--url', door.url, '--scenario', scenario)
    const [, passed = '0', all = '0'] = /Passed: (\d+)\/(\d+)/u.exec(printed) ?? []
    if (all === '0' || passed !== all) throw new Error(`${scenario} failed:\n${printed}`)
    say(`${scenario}: ${passed} of ${all}`)
  }
}

/** The scenarios know no tokens: each request that comes in here goes on with ours and with its own host. */
async function openDoor(
  gateway: string,
  token: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, authorization: `Bearer ${token}` }
    const onward = request(`${gateway}${asked.url}`, { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

async function inspect({ gateway, recipient }: Sandbox, token: string): Promise<void> {
  const where = ['--cli', `${gateway.url}/mcp`, '--transport', 'http']
  const asked = [...where, '--header', `Authorization: Bearer ${token}`, '--method']
  const listed = await run('mcp-inspector', ...asked, 'tools/list')
  const { tools: found } = JSON.parse(listed) as { tools: readonly unknown[] }
  const wish = { phone: recipient.phone, message: 'Your code', code }
  const given = Object.entries(wish).flatMap(([name, value]) => ['--tool-arg', `${name}=${value}`])
  await run('mcp-inspector', ...asked, 'tools/call', '--tool-name', 'sendButtonOtp', ...given)
  const message = await recipient.untilMessage(({ text }) => text === wish.message)
  if (!message.buttons.some((button) => 'code' in button && button.code === code))
    throw new Error(`the phone shows ${JSON.stringify(message)}`)
  say(`inspector: ${found.length} tools; the code is on the phone, with its button`)
}

/** Resolves with what it printed; throws with all of it when it fails. */
async function run(tool: string, ...given: readonly string[]): Promise<string> {
  const program = join(tools, 'node_modules/.bin', tool)
  const { stdout } = await promisify(execFile)(node, [program, ...given], { timeout: 120_000 })
  return stdout
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** An AI agent with a token of one instance: by HTTP, in both eras of the protocol, and by `recado mcp`. */

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'
import { firstAnswer } from '../support/raw-http.js'
import { recado } from '../support/recado-command.js'

let journey: Journey
let instance: SandboxInstance
let number: string

beforeAll(async () => {
  journey = await Journey.start()
  const paired = await journey.pairedInstance()
  instance = paired.instance
  number = paired.phone.phone
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

async function newToken(scope: 'read' | 'send'): Promise<string> {
  const { url } = journey.gateway
  const path = `instances/${instance.id}/token/${instance.token}/integrator/mcp-tokens`
  const authorization = `Bearer ${journey.partnerToken}`
  const answer = await fetch(`${url}/${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Agent', scope }),
  })
  const { token } = (await answer.json()) as { token: string }
  journey.keepsHidden(token)
  return token
}

async function connect(token: string, mode: 'auto' | 'legacy' = 'auto', search = '') {
  const client = new Client({ name: 'journey', version: '1' }, { versionNegotiation: { mode } })
  const address = new URL(`${journey.gateway.url}/mcp${search}`)
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(address, { requestInit }))
  onTestFinished(() => client.close())
  return client
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: given })
  const [part] = content
  const text = part?.type === 'text' ? part.text : ''
  return { isError: isError === true, text, answer: JSON.parse(text) }
}

test.each(['auto', 'legacy'] as const)(
  'a client in mode %s sends a code that is on the phone, and reads back no code',
  async (mode) => {
    const client = await connect(await newToken('send'), mode)
    expect(client.getNegotiatedProtocolVersion()).toBe(
      mode === 'auto' ? '2026-07-28' : '2025-11-25',
    )
    const person = await journey.newPhone()
    const code = journey.newCode()
    const wish = { phone: person.phone, message: `Seu código: ${code}`, code }
    const { answer, text, isError } = await call(client, 'sendButtonOtp', wish)
    expect([isError, text.includes(code)]).toEqual([false, false])
    const message = await shown(person, answer.messageId)
    expect(message.buttons).toMatchObject([{ kind: 'copy', code }])
    await journey.delivery(answer.zaapId)

    const history = await call(client, 'getMessage', { zaapId: answer.zaapId })
    expect(history.answer).toMatchObject({ zaapId: answer.zaapId })
    expect(history.text).not.toContain(code)
  },
)

test('what another person wrote is read without its code', async () => {
  const client = await connect(await newToken('read'))
  const person = await journey.newPhone()
  const code = journey.newCode()
  const received = journey.callbacks.next(({ body }) => body['type'] === 'ReceivedCallback')
  await person.send(number, `Meu código é ${code}`)
  await received
  const { text } = await call(client, 'listChatMessages', { phone: person.phone })
  expect(text).toContain('Meu código é ••••')
  expect(text).not.toContain(code)
})

test('a token that reads sends nothing', async () => {
  const client = await connect(await newToken('read'))
  const names = (await client.listTools()).tools.map(({ name }) => name)
  expect(names).toContain('getStatus')
  expect(names).not.toContain('sendText')
  const refused = await call(client, 'sendText', { phone: '5511999990002', message: 'Oi' })
  expect(refused).toMatchObject({
    isError: true,
    answer: { error: expect.stringContaining('scope is read') },
  })
})

test('a client may ask for fewer tools, and is told what is wrong with a call', async () => {
  const client = await connect(await newToken('send'), 'auto', '?tools=sendText,getStatus')
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['sendText', 'getStatus'])
  expect(await call(client, 'sendText', { phone: '5511999990002' })).toMatchObject({
    isError: true,
    answer: { error: expect.stringContaining('message') },
  })
})

test('recado mcp serves an agent on this machine', async () => {
  const token = await newToken('send')
  const client = new Client({ name: 'journey', version: '1' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [inject('gatewayProgram'), 'mcp', '--url', journey.gateway.url],
      env: { RECADO_MCP_TOKEN: token },
    }),
  )
  onTestFinished(() => client.close())
  const person = await journey.newPhone()
  const code = journey.newCode()
  const wish = { phone: person.phone, message: 'Seu código', code }
  const { answer } = await call(client, 'sendButtonOtp', wish)
  expect((await shown(person, answer.messageId)).buttons).toMatchObject([{ code }])
  await journey.delivery(answer.zaapId)
})

test('a token that is revoked is refused at once, and the audit log tells all of it', async () => {
  const settings = { RECADO_PARTNER_TOKEN: journey.partnerToken }
  const wish = ['create', instance.id, '--name', 'Agent', '--scope', 'send']
  const { text: made } = await recado(journey, ['mcp-token', ...wish], settings)
  const token = /^RECADO_MCP_TOKEN=(recado_mcp_[0-9a-f]{64})$/mu.exec(made)?.[1] ?? ''
  journey.keepsHidden(token)
  const client = await connect(token)
  const person = await journey.newPhone()
  const { answer } = await call(client, 'sendText', { phone: person.phone, message: 'Oi' })
  await shown(person, answer.messageId)
  const { text: list } = await recado(journey, ['mcp-token', 'list', instance.id], settings)
  const id = list.trim().split('\n').at(-1)?.split(' ')[0] ?? ''
  expect(list).not.toContain(token)
  await recado(journey, ['mcp-token', 'revoke', instance.id, id], settings)
  await expect(client.listTools()).rejects.toThrow(/401|Unauthorized|not allowed/u)
  const { text: trail } = await recado(journey, ['audit', '--instance', instance.id])
  expect(trail).toMatch(new RegExp(`mcp-token-revoked .*${id}`, 'u'))
  expect(trail).toMatch(/Agent .*message-submitted .*send-text/u)
})

test('a page of a stranger, a call without token and a large body are refused before they are read', async () => {
  const token = await newToken('send')
  const { port } = new URL(journey.gateway.url)
  const ask = (lines: readonly string[]) =>
    firstAnswer(
      Number(port),
      ['POST /mcp HTTP/1.1', 'content-type: application/json', ...lines, '', ''].join('\r\n'),
    )
  const bearer = `authorization: Bearer ${token}`
  const here = `host: 127.0.0.1:${port}`
  const length = 'content-length: 1100000'
  expect(await ask(['host: evil.example', bearer, length])).toMatch(/^HTTP\/1.1 403 /u)
  expect(await ask([here, length])).toMatch(/^HTTP\/1.1 401 /u)
  expect(await ask([here, bearer, length])).toMatch(/^HTTP\/1.1 413 /u)
})

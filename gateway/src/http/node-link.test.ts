import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { FaultProxy } from '../../test/support/fault-proxy.js'
import { newInstanceId } from '../runtime/ids.js'
import { silentLog } from '../runtime/telemetry.js'
import { NodeLink, nodeHeader, type Whose } from './node-link.js'
import { createServer } from './server.js'

const instanceId = newInstanceId()
const path = `/instances/${instanceId}/token/t/thing`

interface Settings {
  readonly key: Uint8Array
  readonly whose?: (() => Whose) | undefined
  readonly skewMs?: number
}

/** A node that answers what reached it, listening. */
async function aNode({ key, whose = () => ({ kind: 'own' }), skewMs = 0 }: Settings) {
  const nodeLink = new NodeLink({
    key,
    whose: async () => whose(),
    now: () => Date.now() + skewMs,
    askAfterMs: 50,
  })
  const app = createServer({ log: silentLog, nodeLink })
  app.post('/instances/:instanceId/token/:token/thing', async ({ address, body, isHandedOn }) => ({
    address,
    body,
    isHandedOn,
  }))
  app.post(
    '/instances/:instanceId/token/:token/rows',
    { config: { anyNode: true } },
    async ({ isHandedOn }) => ({ isHandedOn }),
  )
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  return { app, url }
}

async function call(url: string, at = path, headers: Record<string, string> = {}) {
  const answer = await fetch(url + at, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ text: 'olá' }),
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

test('a call is answered by the node that runs the instance, for the address of its caller', async () => {
  const key = randomBytes(32)
  const owner = await aNode({ key })
  const other = await aNode({ key, whose: () => ({ kind: 'other', url: owner.url }) })
  expect(await call(other.url)).toMatchObject({
    status: 200,
    body: { address: '127.0.0.1', body: { text: 'olá' }, isHandedOn: true },
  })
  expect(await call(owner.url)).toMatchObject({ body: { isHandedOn: false } })
})

test('a call that works on rows alone is answered where it comes in', async () => {
  const key = randomBytes(32)
  const other = await aNode({ key, whose: () => ({ kind: 'other', url: 'http://127.0.0.1:1' }) })
  const { body } = await call(other.url, path.replace('thing', 'rows'))
  expect(body).toEqual({ isHandedOn: false })
})

test('a call is handed on once: nodes that name each other answer 503 with Retry-After', async () => {
  const key = randomBytes(32)
  const urls: string[] = []
  const one = await aNode({ key, whose: () => ({ kind: 'other', url: urls[1] ?? '' }) })
  const two = await aNode({ key, whose: () => ({ kind: 'other', url: urls[0] ?? '' }) })
  urls.push(one.url, two.url)
  const { status, headers } = await call(one.url)
  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('5')
})

test('a node that dies between the head and the body of its answer is 503 with Retry-After', async () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n'
  const dying = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(head))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void dying.close())
  await once(dying, 'listening')
  const { port }: AddressInfo = JSON.parse(JSON.stringify(dying.address()))
  const url = `http://127.0.0.1:${port}`
  const other = await aNode({ key: randomBytes(32), whose: () => ({ kind: 'other', url }) })
  const { status, headers } = await call(other.url)
  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('5')
})

test('a node that cannot be reached, or that has no address yet, is 503 with Retry-After', async () => {
  const key = randomBytes(32)
  for (const url of ['http://127.0.0.1:1', '']) {
    const node = await aNode({ key, whose: () => ({ kind: 'other', url }) })
    const { status, headers } = await call(node.url)
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  }
})

test('a node behind a link that swallows everything is 503 with Retry-After, and one that takes long is waited for', async () => {
  const key = randomBytes(32)
  const owner = await aNode({ key })
  const link = await FaultProxy.before(owner.url)
  onTestFinished(() => link[Symbol.asyncDispose]())
  const whose = () => ({ kind: 'other', url: new URL(link.through(owner.url)).origin }) as const
  const other = await aNode({ key, whose })
  link.delayMs = 300
  expect(await call(other.url)).toMatchObject({ status: 200 })
  link.blackHole()
  const { status, headers } = await call(other.url)
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])
})

test('only a node may say for whom it calls', async () => {
  const key = randomBytes(32)
  const owner = await aNode({ key })
  const made = `${Date.now()} 203.0.113.9 ${randomBytes(32).toString('hex')}`
  for (const header of [made, 'x', ''])
    expect(await call(owner.url, path, { [nodeHeader]: header })).toMatchObject({
      body: { address: '127.0.0.1', isHandedOn: false },
    })
  const stranger = { kind: 'other', url: owner.url } as const
  const ofOtherKey = await aNode({ key: randomBytes(32), whose: () => stranger })
  const late = await aNode({ key, whose: () => stranger, skewMs: -120_000 })
  for (const node of [ofOtherKey, late])
    expect(await call(node.url)).toMatchObject({ body: { isHandedOn: false } })
})

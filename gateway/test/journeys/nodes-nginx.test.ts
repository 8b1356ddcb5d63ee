/** Three nodes behind nginx, round robin and without stickiness: nothing asks for the node that began it. */

import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Phone } from '@recado/simulator'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startNginx } from '../../../packaging/proxy/nginx.js'
import { provide, type RunningProxy } from '../../../packaging/proxy/programs.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { setupCodeIn } from '../../../sandbox/src/sandbox.js'
import { clientToken, type SendAnswer, shown } from '../support/journey.js'
import { NodeJourney } from '../support/node-journey.js'

const nodeCount = 3
/** nginx asks them in turn, so that each has answered long before. */
const mostAsks = 60
/** The lease of the killed node, and a machine that has more to do than it can. */
const patience = { timeout: 60_000, interval: 200 }

let folder: string
let journey: NodeJourney
let proxy: RunningProxy
/** What a browser keeps of the console. */
let cookie = ''
let instance: SandboxInstance
let phone: Phone
let person: Phone

beforeAll(async () => {
  provide('nginx', 'nginx-light')
  folder = await mkdtemp(join(tmpdir(), 'recado-nginx-'))
  // nginx works as a user of its own.
  await chmod(folder, 0o755)
  journey = await NodeJourney.start(nodeCount, {
    RECADO_TRUSTED_PROXIES: '127.0.0.1',
    RECADO_CODES_PER_10_MINUTES: '0',
    // A machine with more to do than it can must not end a lease: every call here has to be answered.
    RECADO_NODE_LEASE_SECONDS: '15',
  })
  phone = await journey.newPhone()
  person = await journey.newPhone()
  const gateways = journey.nodes.map(({ process }) => process.url)
  // nginx alone knows which node answered.
  const lines = 'add_header X-Answered-By $upstream_addr always;'
  proxy = await startNginx({ folder, gateways, lines })
})

afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  await journey[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** A call of the console, as its pages make it. */
function onConsole(method: string, path: string, body: object = {}): Promise<Response> {
  return fetch(`${proxy.url}/console/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-recado-console': '1', cookie },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  })
}

/** A call of a program. */
function onInstance(method: string, action: string, body?: object, key = ''): Promise<Response> {
  const { id, token } = instance
  return fetch(`${proxy.url}/instances/${id}/token/${token}/${action}`, {
    method,
    headers: {
      'client-token': clientToken,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === '' ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** Asks until every node has answered, and gives an answer of each. All must be 200. */
async function fromEveryNode(ask: () => Promise<Response>): Promise<readonly Response[]> {
  const hosts = journey.nodes.map(({ process }) => new URL(process.url).host)
  const answers = new Map<string, Response>()
  for (let asks = 0; answers.size < hosts.length; asks += 1) {
    const answer = await ask()
    const host = answer.headers.get('x-answered-by') ?? ''
    if (answer.status !== 200) throw new Error(`${host}: ${answer.status} ${await answer.text()}`)
    answers.set(host, answer)
    if (asks > mostAsks) throw new Error(`only ${[...answers.keys()].join()} answered`)
  }
  expect([...answers.keys()].toSorted()).toEqual(hosts.toSorted())
  return [...answers.values()]
}

async function bodyOf<Body = unknown>(answer: Response): Promise<Body> {
  return (await answer.json()) as Body
}

/** What a page of the console hears. */
class Stream {
  readonly #reader: ReadableStreamDefaultReader<string>
  #text = ''

  constructor({ body }: Response) {
    if (body === null) throw new Error('the answer is no stream')
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader()
  }

  async until(part: string): Promise<void> {
    while (!this.#text.includes(part)) {
      const { done, value } = await this.#reader.read()
      if (done) throw new Error(`the stream ended before ${part}`)
      this.#text += value
    }
  }

  async end(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
}

function newCode() {
  const code = `QZX${randomBytes(5).toString('hex').toUpperCase()}`
  return { phone: person.phone, message: 'Seu código', code }
}

const sendCode = (code = newCode(), key = randomUUID()): Promise<Response> =>
  onInstance('POST', 'send-button-otp', code, key)

/** How often a code is on the phone, and was told as sent, once both are there. */
async function arrivals(answer: Response) {
  const { messageId, zaapId } = await bodyOf<SendAnswer>(answer)
  await shown(person, messageId)
  await journey.delivery(zaapId)
  const onPhone = person.messages.filter(({ id }) => id === messageId).length
  return { onPhone, told: journey.deliveries(zaapId) }
}
const once = { onPhone: 1, told: 1 }

test('an administrator is made, and a number is linked by its QR, in the console', async () => {
  const setupCode = setupCodeIn(journey.nodes.flatMap(({ process }) => process.output))
  const credentials = { name: 'ana', password: 'correct horse battery' }
  const entered = await onConsole('POST', 'set-up', { ...credentials, setupCode })
  cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  for (const visit of await fromEveryNode(() => onConsole('GET', 'visit')))
    expect(await bodyOf(visit)).toMatchObject({ state: 'in' })

  instance = await bodyOf(await onConsole('POST', 'instances', { name: 'Loja' }))
  const value = journey.callbacks.url
  expect((await onInstance('PUT', 'update-every-webhooks', { value })).status).toBe(200)
  const askQr = () => onConsole('POST', `instances/${instance.id}/qr`)
  // Until a node runs the new instance, the answer is 503.
  await expect.poll(async () => (await askQr()).status).toBe(200)
  for (const answer of await fromEveryNode(askQr))
    expect(await bodyOf(answer)).toMatchObject({ state: 'qr' })
  const { qr } = await bodyOf<{ qr: { text: string } }>(await askQr())
  await phone.scan(qr.text)
  await journey.callbacks.next(({ body }) => body['type'] === 'ConnectedCallback')
  for (const answer of await fromEveryNode(() => onInstance('GET', 'status')))
    expect(await bodyOf(answer)).toMatchObject({ connected: true })
})

test('each node takes a code, and the person has each once', async () => {
  for (const answer of await fromEveryNode(() => sendCode()))
    expect(await arrivals(answer)).toEqual(once)
})

test('a page that is open through any node hears of a code, and closes with its login', async () => {
  const ended = new AbortController()
  const open = () =>
    fetch(`${proxy.url}/console/api/events`, { headers: { cookie }, signal: ended.signal })
  const streams = (await fromEveryNode(open)).map((answer) => new Stream(answer))
  for (const stream of streams) await stream.until('event: hello')
  const told = `{"instanceId":"${instance.id}","topic":"messages"}`
  let areTold = false
  const telling = Promise.all(streams.map((stream) => stream.until(told)))
  const heard = telling.then(() => (areTold = true))
  // The other nodes hear of an open page a moment after it opened, and tell it what changes from then on.
  await expect
    .poll(async () => {
      expect(await arrivals(await sendCode())).toEqual(once)
      return areTold
    })
    .toBe(true)
  await heard
  expect((await onConsole('POST', 'log-out', {})).status).toBe(200)
  for (const stream of streams) await stream.end()
  ended.abort()
})

async function isConnected(): Promise<boolean> {
  return (await bodyOf<{ connected: boolean }>(await onInstance('GET', 'status'))).connected
}

test('the queue is the same through each node, and what waits there leaves once', async () => {
  await journey.setFaults({ logins: [{ code: 503, phone: phone.phone }] })
  await journey.setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
  await expect.poll(isConnected).toBe(false)
  const waiting = [await sendCode(), await sendCode()]
  for (const answer of await fromEveryNode(() => onInstance('GET', 'queue/count')))
    expect(await bodyOf(answer)).toEqual({ count: waiting.length })
  await journey.setFaults({ logins: [] })
  for (const answer of waiting) expect(await arrivals(answer)).toEqual(once)
})

test('the file of a received picture comes through each node', async () => {
  const create = { width: 60, height: 40, channels: 3, background: 'teal' } as const
  const image = await sharp({ create }).png().toBuffer()
  const id = await person.share(phone.phone, { image, mimetype: 'image/png' })
  const { body } = await journey.callbacks.next(({ body: told }) => told['messageId'] === id)
  const { imageUrl } = body['image'] as { imageUrl: string }
  // The nodes have no RECADO_PUBLIC_URL here, so the link names the one that runs the instance.
  const link = proxy.url + new URL(imageUrl).pathname
  for (const file of await fromEveryNode(() => fetch(link)))
    expect(Buffer.from(await file.arrayBuffer()).equals(image)).toBe(true)
})

test('after a node was killed, a call that failed is repeated under its key, and each code arrives once', async () => {
  const owner = await journey.ownerOf(instance)
  if (owner === undefined) throw new Error('no node runs the instance')
  owner.process.kill('SIGKILL')
  await owner.process.ended
  for (let each = 0; each < nodeCount; each += 1) {
    const [code, key] = [newCode(), randomUUID()]
    const answer = await vi.waitFor(async () => {
      const repeated = await sendCode(code, key)
      if (!repeated.ok) throw new Error(`answered ${repeated.status}`)
      return repeated
    }, patience)
    expect(await arrivals(answer)).toEqual(once)
  }
})

/** Who may call, from where and how often; secrets that are replaced; the end of an instance; its proxy. */

import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { findOperatorToken } from '../../src/operating/operator-token.js'
import { clientToken, Journey, partnerToken, shown } from '../support/journey.js'
import { ProxyServer } from '../support/proxy-server.js'

const asPartner = { authorization: `Bearer ${partnerToken}` }
const asClient = { 'client-token': clientToken }
const refusalsPerMinute = 3
const requestsPerMinute = 150
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start({
    settings: {
      RECADO_TRUSTED_PROXIES: '127.0.0.1',
      RECADO_REFUSALS_PER_MINUTE: String(refusalsPerMinute),
      RECADO_REQUESTS_PER_MINUTE: String(requestsPerMinute),
    },
  })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

interface Call {
  readonly headers?: Record<string, string>
  readonly body?: object
  /** Whom the trusted proxy in front names as the caller. */
  readonly from?: string
}

async function call(method: string, path: string, { headers = {}, body, from }: Call = {}) {
  const response = await fetch(journey.gateway.url + path, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(from === undefined ? {} : { 'x-forwarded-for': from }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, answer }
}

const pathOf = ({ id, token }: SandboxInstance, action: string) =>
  `/instances/${id}/token/${token}/${action}`

const ofPartner = (instance: SandboxInstance, method: string, action: string, body?: object) =>
  call(method, pathOf(instance, `integrator/${action}`), {
    headers: asPartner,
    ...(body === undefined ? {} : { body }),
  })

const statusOf = async (instance: SandboxInstance, from?: string) => {
  const made = { headers: asClient, ...(from === undefined ? {} : { from }) }
  const { status, answer } = await call('GET', pathOf(instance, 'status'), made)
  return [status, answer] as const
}

async function operator(method: string, path: string, body?: object) {
  const token = await findOperatorToken({ dataDir: journey.dataDir })
  const headers = { authorization: `Bearer ${token}` }
  return call(method, `/operator/${path}`, { headers, ...(body === undefined ? {} : { body }) })
}

async function untilConnected(instance: SandboxInstance, is: boolean): Promise<void> {
  while ((await journey.client.isConnected(instance)) !== is) await pause(100)
}

describe('addresses', () => {
  test('that are not allowed are refused before the body is read, and named', async () => {
    const instance = await journey.newInstance()
    await ofPartner(instance, 'PUT', 'allowed-callers', { networks: ['127.0.0.0/8', '192.0.2.7'] })
    const refused = { error: '203.0.113.9 not allowed' }
    expect((await statusOf(instance))[0]).toBe(200)
    expect((await statusOf(instance, '192.0.2.7'))[0]).toBe(200)
    expect((await statusOf(instance, '::ffff:192.0.2.7'))[0]).toBe(200)
    expect(await statusOf(instance, '203.0.113.9')).toEqual([403, refused])

    const { port } = new URL(journey.gateway.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST ${pathOf(instance, 'send-button-otp')} HTTP/1.1\r\nHost: x\r\nClient-Token: ${clientToken}\r\n` +
        'X-Forwarded-For: 203.0.113.9\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n',
    )
    let answer = ''
    for await (const chunk of socket) {
      answer += String(chunk)
      if (answer.includes('}')) break
    }
    expect(answer).toMatch(/^HTTP\/1\.1 403 .*\{"error":"203\.0\.113\.9 not allowed"\}/su)
  })

  test('of the whole gateway bind tenants and partners, and the operator can always mend it', async () => {
    const instance = await journey.newInstance()
    const networks = ['198.51.100.0/24']
    expect((await operator('PUT', 'allowed-callers', { networks })).status).toBe(200)
    const refused = { error: '127.0.0.1 not allowed' }
    expect(await statusOf(instance)).toEqual([403, refused])
    expect(await call('GET', '/instances', { headers: asPartner })).toMatchObject({
      status: 403,
      answer: refused,
    })
    expect((await statusOf(instance, '198.51.100.1'))[0]).toBe(200)
    expect((await operator('PUT', 'allowed-callers', { networks: [] })).status).toBe(200)
    expect((await statusOf(instance))[0]).toBe(200)
  })
})

describe('secrets', () => {
  test('that were replaced count until the overlap ends', async () => {
    const { instance } = await journey.pairedInstance()
    const before = await call('GET', pathOf(instance, 'webhook-secret'), { headers: asClient })
    const { webhookSecret: old } = before.answer as { webhookSecret: string }
    const secret = await ofPartner(instance, 'POST', 'rotate-webhook-secret', {})
    const { webhookSecret: made } = secret.answer as { webhookSecret: string }
    const rotated = await ofPartner(instance, 'POST', 'rotate-token', { overlapSeconds: 3600 })
    const { token } = rotated.answer as { token: string }
    expect([rotated.status, token]).toEqual([200, expect.stringMatching(/^[0-9A-F]{24}$/u)])
    const renewed = { ...instance, token }
    for (const each of [instance, renewed]) expect((await statusOf(each))[0]).toBe(200)

    const person = await journey.newPhone()
    const code = journey.newCode()
    const { zaapId, messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Seu código',
      code,
    })
    await shown(person, messageId)
    const { headers, body } = await journey.delivery(zaapId)
    expect(headers['z-api-token']).toBe(token)
    const signed = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    )
    for (const known of [old, made])
      expect(new Webhook(known).verify(JSON.stringify(body), signed)).toEqual(body)

    const last = await ofPartner(renewed, 'POST', 'rotate-token', { overlapSeconds: 0 })
    const { token: lastToken } = last.answer as { token: string }
    expect((await statusOf({ ...instance, token: lastToken }))[0]).toBe(200)
    // From elsewhere: this address must not be counted among those who guess.
    expect((await statusOf(renewed, '192.0.2.50'))[0]).toBe(404)
  })

  test('that are configured cannot be replaced, and the cure is named', async () => {
    const { status, answer } = await operator('POST', 'tokens/client/rotate', {})
    expect([status, answer]).toEqual([
      409,
      { error: expect.stringContaining('RECADO_CLIENT_TOKEN') },
    ])
  })
})

describe('limits', () => {
  test('refuse an address that tries tokens out, for the right one too', async () => {
    const instance = await journey.newInstance()
    const from = '203.0.113.77'
    for (let n = 0; n < refusalsPerMinute; n += 1)
      expect((await statusOf({ ...instance, token: `F${n}` }, from))[0]).toBe(404)
    const refused = await call('GET', pathOf(instance, 'status'), { headers: asClient, from })
    expect(refused).toMatchObject({
      status: 429,
      answer: {
        error: expect.stringMatching(/^Too many calls with a wrong token\. Try again in/u),
      },
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await statusOf(instance, '203.0.113.78'))[0]).toBe(200)
  })

  test('let one address call an instance so often a minute and no oftener', async () => {
    const [one, other] = [await journey.newInstance(), await journey.newInstance()]
    const from = '203.0.113.99'
    const statuses: number[] = []
    for (let n = 0; n <= requestsPerMinute; n += 1) statuses.push((await statusOf(one, from))[0])
    expect(statuses.filter((status) => status === 200)).toHaveLength(requestsPerMinute)
    expect(statuses.at(-1)).toBe(429)
    expect((await statusOf(other, from))[0]).toBe(200)
  })
})

describe('an instance', () => {
  test('that is cancelled answers no call, can be subscribed again, and be deleted', async () => {
    const { instance } = await journey.pairedInstance()
    expect(await ofPartner(instance, 'POST', 'on-demand/cancel')).toMatchObject({
      status: 201,
      answer: undefined,
    })
    const ended = {
      error: 'To continue sending a message, you must subscribe to this instance again',
    }
    expect(await statusOf(instance)).toEqual([400, ended])
    const body = { phone: '5511999999999', message: 'x', code: '1' }
    const sent = { headers: asClient, body }
    expect((await call('POST', pathOf(instance, 'send-button-otp'), sent)).answer).toEqual(ended)

    await ofPartner(instance, 'POST', 'on-demand/subscription', { withCalls: true })
    const [status, answer] = await statusOf(instance)
    expect([status, answer]).toEqual([200, expect.objectContaining({ connected: false })])
    expect(await journey.client.qrText(instance)).toBeDefined()

    expect((await ofPartner(instance, 'DELETE', 'on-demand')).answer).toEqual({ value: true })
    expect((await statusOf(instance, '192.0.2.60'))[0]).toBe(404)
    const listed = await call('GET', `/instances?query=${instance.id}`, { headers: asPartner })
    expect(listed.answer).toMatchObject({ total: 0 })
  })
})

describe('a proxy', () => {
  test('is what WhatsApp is reached through; when it fails three times, the way is direct and it is told', async () => {
    await using proxy = await ProxyServer.start({ user: 'me', password: 's3cret' })
    const { instance } = await journey.pairedInstance()
    const proxyUrl = proxy.url('socks5', 'me:s3cret@')
    const wrong = { proxyUrl: proxy.url('socks5', 'me:wrong@'), enable: true }
    expect(await ofPartner(instance, 'PUT', 'configure-proxy', wrong)).toMatchObject({
      status: 400,
      answer: 'Proxy is not reachable',
    })
    expect(proxy.tunnels).toEqual([])
    const set = await ofPartner(instance, 'PUT', 'configure-proxy', { proxyUrl, enable: true })
    expect(set.answer).toEqual({ value: true })
    while (proxy.tunnels.length < 2) await pause(50)
    await untilConnected(instance, true)
    expect(proxy.tunnels).toContain(new URL(journey.simulator.url).host)

    const person = await journey.newPhone()
    const send = async (image?: string) => {
      const message = { phone: person.phone, message: 'Oi', code: journey.newCode(), image }
      return shown(person, (await journey.sendOtp(instance, message)).messageId)
    }
    expect((await send(onePixel)).image).toMatchObject({ fetched: true })
    // WhatsApp's and the media host's.
    expect(new Set(proxy.tunnels).size).toBe(2)

    proxy.refuses = true
    proxy.cut()
    const { body } = await journey.callbacks.next(
      (each) => each.body['type'] === 'ProxyCallback',
      60_000,
    )
    expect(body).toEqual({
      type: 'ProxyCallback',
      instanceId: instance.id,
      error: `The instance was connected without proxy, the configured proxy (${proxy.url('socks5')}) failed 3 times to connect.`,
    })
    await untilConnected(instance, true)
    await send()
  })
})

test('the audit trail tells who did what, from where, and no secret', async () => {
  const { answer } = await operator('GET', 'audit')
  const { acts } = answer as { acts: { act: string; role: string; address: string }[] }
  const told = acts.map(({ act, role }) => `${role} ${act}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'operator account-callers-changed',
      'partner instance-created',
      'partner instance-token-rotated',
      'partner webhook-secret-rotated',
      'partner instance-cancelled',
      'partner instance-resumed',
      'partner instance-deleted',
      'partner proxy-changed',
      'caller webhook-secret-read',
      'caller callbacks-changed',
    ]),
  )
  expect(new Set(acts.map(({ address }) => address))).toEqual(new Set(['127.0.0.1']))
  const text = JSON.stringify(answer)
  for (const secret of [clientToken, partnerToken, 's3cret', 'whsec_'])
    expect(text).not.toContain(secret)
})

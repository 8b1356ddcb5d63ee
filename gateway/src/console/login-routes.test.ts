/** What the pages ask about instances, messages, queue and callbacks, over the real modules. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Browser,
  bodyOf,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import type { InstanceId } from '../domain/instance.js'

let stage: ConsoleStage
let browser: Browser
let id: InstanceId

beforeEach(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  const { instance } = await stage.instances.create({ name: 'Loja' })
  id = instance.id
})

afterEach(() => stage[Symbol.asyncDispose]())

const otp = { phone: '+55 (11) 99999-9999', message: 'Seu código: 845201', code: '845201' }
const send = async (change: object = {}) =>
  bodyOf(await browser.call('POST', `instances/${id}/call/send-button-otp`, { ...otp, ...change }))
    .zaapId as string
const set = (messageId: string, change: object) =>
  stage.database.query.updateTable('message').set(change).where('id', '=', messageId).execute()
const acts = async () =>
  (await stage.database.query.selectFrom('audit').select(['act', 'role', 'address']).execute()).map(
    ({ act, role, address }) => `${act} ${role} ${address}`,
  )

it('every route but the login answers 401 to a stranger', async () => {
  const stranger = stage.newBrowser()
  const routes = [
    ['GET', 'instances'],
    ['POST', 'instances'],
    ['GET', `instances/${id}`],
    ['PATCH', `instances/${id}`],
    ['POST', `instances/${id}/qr`],
    ['POST', `instances/${id}/pairing-code`],
    ['POST', `instances/${id}/disconnect`],
    ['POST', `instances/${id}/token`],
    ['PUT', `instances/${id}/allowed-callers`],
    ['PUT', `instances/${id}/endpoints`],
    ['GET', 'calls'],
    ['GET', `instances/${id}/messages`],
    ['GET', `instances/${id}/messages/x`],
    ['GET', `instances/${id}/queue`],
    ['DELETE', `instances/${id}/queue`],
    ['DELETE', `instances/${id}/queue/x`],
    ['GET', `instances/${id}/callbacks`],
    ['GET', `instances/${id}/callbacks/x`],
    ['POST', `instances/${id}/call/callbacks/x/try`],
    ['GET', `instances/${id}/health`],
    ['POST', `instances/${id}/call/callbacks/try`],
    ['POST', `instances/${id}/cancel`],
    ['POST', `instances/${id}/resume`],
    ['DELETE', `instances/${id}`],
    ['GET', 'audit'],
    ['GET', 'events'],
    ['GET', 'sessions'],
    ['DELETE', 'sessions'],
    ['PUT', 'password'],
    ['PUT', 'second-factor'],
    ['POST', 'log-out'],
  ] as const
  for (const [method, path] of routes) {
    const answer = await stranger.call(method, path)
    expect([method, path, answer.statusCode]).toEqual([method, path, 401])
  }
})

it('makes an instance, shows its token once, and renames it', async () => {
  // The oldest is listed first.
  await stage.clock.advance(1)
  const made = bodyOf(await browser.call('POST', 'instances', { name: ' Filial ' }))
  expect(made.token).toBe(await stage.instances.tokenOf(made.id))
  const renamed = await browser.call('PATCH', `instances/${made.id}`, { name: 'Centro' })
  expect(bodyOf(renamed)).toMatchObject({ id: made.id, name: 'Centro', state: 'idle' })
  const { instances } = await browser.get('instances')
  expect(instances.map(({ name }: { name: string }) => name)).toEqual(['Loja', 'Centro'])
  expect(JSON.stringify(instances)).not.toContain(made.token)
  expect(await acts()).toEqual([
    'administrator-made visitor 203.0.113.7',
    'logged-in administrator 203.0.113.7',
    'instance-created administrator 203.0.113.7',
    'instance-renamed administrator 203.0.113.7',
  ])
  expect((await browser.call('GET', 'instances/unknown')).statusCode).toBe(404)
})

it('pairs with a QR and with a code, and says when there is nothing to pair', async () => {
  const { qr, virtualPhonesUrl } = bodyOf(await browser.call('POST', `instances/${id}/qr`))
  expect(virtualPhonesUrl).toBeUndefined()
  expect(qr).toMatchObject({ text: '2@abc,def', path: expect.stringMatching(/^M4 4h7v1h-7z/u) })
  const phone = { phone: '+55 11 98888-0001' }
  const code = await browser.call('POST', `instances/${id}/pairing-code`, phone)
  expect(bodyOf(code)).toEqual({ state: 'code', code: 'A1B2C3D4' })
  expect(stage.sessions.pairedPhones).toEqual(['5511988880001'])
  const bad = await browser.call('POST', `instances/${id}/pairing-code`, { phone: 'ana' })
  expect(bad.statusCode).toBe(400)

  stage.sessions.connected.add(id)
  expect(bodyOf(await browser.call('POST', `instances/${id}/qr`))).toEqual({ state: 'connected' })
  expect(await browser.get(`instances/${id}`)).toMatchObject({
    state: 'open',
    phone: '5511988880001',
  })
  await browser.call('POST', `instances/${id}/disconnect`)
  expect(await browser.get(`instances/${id}`)).toMatchObject({ state: 'idle' })
})

it('changes settings, callbacks, callers and the token', async () => {
  const path = `instances/${id}`
  const settings = { refuseWhileDisconnected: true }
  expect(bodyOf(await browser.call('PATCH', path, { settings })).settings).toEqual({
    buttonForm: 'buttons',
    lateSends: 'refuse',
    notifySentByMe: false,
    refuseWhileDisconnected: true,
    tellCodes: false,
    clientTokenOptional: false,
    muted: { messages: [], topics: [] },
    readMessages: false,
    readStatuses: false,
    rejectCalls: false,
    rejectedCallText: '',
    tags: [],
  })
  const endpoint = { kinds: ['message.sent', 'message.failed'], url: 'https://example.com/hook' }
  const told = bodyOf(await browser.call('PUT', `${path}/endpoints`, endpoint))
  expect(told.endpoints).toEqual({
    'message.sent': 'https://example.com/hook',
    'message.failed': 'https://example.com/hook',
  })
  const inside = { ...endpoint, url: 'https://127.0.0.1/hook' }
  expect((await browser.call('PUT', `${path}/endpoints`, inside)).statusCode).toBe(400)
  const nowhere = { kinds: ['message.sent', 'message.failed'], url: '' }
  expect(bodyOf(await browser.call('PUT', `${path}/endpoints`, nowhere)).endpoints).toEqual({})

  const networks = ['10.0.0.0/8']
  const allowed = await browser.call('PUT', `${path}/allowed-callers`, { networks })
  expect(bodyOf(allowed).allowedCallers).toEqual(networks)
  const unreadable = await browser.call('PUT', `${path}/allowed-callers`, { networks: ['x'] })
  expect(unreadable.statusCode).toBe(400)

  const before = await stage.instances.tokenOf(id)
  const rotated = bodyOf(await browser.call('POST', `${path}/token`, { overlapSeconds: 3_600 }))
  expect(rotated.token).toBe(await stage.instances.tokenOf(id))
  expect(rotated.previousUntil).toBe(stage.clock.now() + 3_600_000)
  expect(await stage.instances.authenticate(id, before)).toBeDefined()
  const risky = { settings: { clientTokenOptional: true } }
  expect(await browser.get(path)).toMatchObject({ isClientTokenRequired: true })
  expect(bodyOf(await browser.call('PATCH', path, risky))).toMatchObject({
    isClientTokenRequired: false,
  })
})

it('sends a code, and shows it nowhere in full', async () => {
  const messageId = await send()
  const { messages } = await browser.get(`instances/${id}/messages`)
  expect(messages).toMatchObject([
    { id: messageId, to: '5511999999999', status: 'queued', code: '••••01', fellBack: false },
  ])
  const queue = await browser.get(`instances/${id}/queue`)
  expect(queue).toMatchObject({ count: 1, messages: [{ text: 'Seu código: ••••01' }] })
  const shown = await browser.get(`instances/${id}/messages/${messageId}`)
  for (const page of [messages, queue, shown]) expect(JSON.stringify(page)).not.toContain('845201')
})

it('tells what happened to a message, and in two languages why it ended and what helps', async () => {
  const messageId = await send()
  const path = `instances/${id}/messages/${messageId}`
  const waiting = await browser.get(path)
  expect(waiting.steps).toMatchObject([{ kind: 'accepted' }])
  expect(waiting.diagnosis.cause.en).toContain('not connected')

  const at = stage.clock.now()
  const sends = JSON.stringify([
    { whatsappId: 'x', claimedAt: at + 5, endedAt: at + 9, outcome: 'refused', refusalCode: 479 },
  ])
  await set(messageId, { status: 'failed', failure: 'refused', ended_at: at + 9, sends })
  const failed = await browser.get(path)
  expect(failed.steps).toEqual([
    { kind: 'accepted', at },
    { kind: 'attempt', at: at + 5, outcome: 'refused', refusalCode: 479 },
    { kind: 'failed', at: at + 9 },
  ])
  expect(failed.diagnosis.cause.en).toContain('(479)')
  expect(failed.diagnosis.cure.pt).toContain('Envie mais uma vez')
  expect((await browser.call('GET', `instances/${id}/messages/none`)).statusCode).toBe(404)
})

it('takes one message back, or all, and says when it is too late', async () => {
  const [one, two] = [await send(), await send()]
  await send()
  await set(two, { status: 'sending' })
  const remove = (path: string) => browser.call('DELETE', `instances/${id}/queue${path}`)
  expect(bodyOf(await remove(`/${one}`))).toEqual({ cancelled: 1, kept: 0 })
  expect((await remove(`/${two}`)).statusCode).toBe(409)
  expect(bodyOf(await remove(''))).toEqual({ cancelled: 1, kept: 1 })
  const failed = await browser.get(`instances/${id}/messages?show=failed`)
  expect(failed.messages.map(({ status }: { status: string }) => status)).toEqual([
    'cancelled',
    'cancelled',
  ])
})

it('shows callbacks with their bodies, and tries a failed one again', async () => {
  const url = 'https://example.com/hook'
  await stage.webhooks.setEndpoint(id, ['message.failed'], url)
  await browser.call('DELETE', `instances/${id}/queue/${await send()}`)
  const { callbacks } = await browser.get(`instances/${id}/callbacks`)
  expect(callbacks).toMatchObject([{ kind: 'message.failed', url, status: 'pending', attempts: 0 }])
  const path = `instances/${id}/callbacks/${callbacks[0].id}`
  const nextAttemptAt = stage.clock.now() + 5_000
  await stage.database.query
    .updateTable('delivery')
    .set({ attempts: 1, next_attempt_at: nextAttemptAt })
    .execute()
  const pending = { attempts: 1, mostAttempts: 10, nextAttemptAt }
  expect(await browser.get(path)).toMatchObject({ ...pending, body: { type: 'DeliveryCallback' } })
  expect((await browser.get(`instances/${id}/callbacks`)).callbacks).toMatchObject([pending])

  const dead = { status: 'dead', attempts: 10, last_error: 'HTTP 500', ended_at: 9 } as const
  await stage.database.query.updateTable('delivery').set(dead).execute()
  expect((await browser.get(`instances/${id}/callbacks?status=dead`)).callbacks).toHaveLength(1)
  expect(await browser.get(path)).not.toHaveProperty('nextAttemptAt')
  const call = `instances/${id}/call/callbacks`
  expect((await browser.call('POST', `${call}/${callbacks[0].id}/try`)).statusCode).toBe(200)
  expect((await browser.call('POST', `${call}/unheard-of/try`)).statusCode).toBe(404)
  expect(await browser.get(path)).toMatchObject({ status: 'pending', attempts: 0 })
})

it('tries again what failed since a moment, and nothing older', async () => {
  await stage.webhooks.setEndpoint(id, ['message.failed'], 'https://example.com/hook')
  await browser.call('DELETE', `instances/${id}/queue/${await send()}`)
  await stage.clock.advance(60_000)
  const since = stage.clock.now()
  await browser.call('DELETE', `instances/${id}/queue/${await send()}`)
  const dead = { status: 'dead', attempts: 10, last_error: 'HTTP 500', ended_at: 9 } as const
  await stage.database.query.updateTable('delivery').set(dead).execute()
  const path = `instances/${id}/call/callbacks/try`
  expect(bodyOf(await browser.call('POST', path, { since }))).toEqual({ tried: 1 })
  const { callbacks } = await browser.get(`instances/${id}/callbacks`)
  expect(callbacks.map(({ status }: { status: string }) => status)).toEqual(['pending', 'dead'])
  expect((await browser.call('POST', path, { since: '-1' })).statusCode).toBe(400)
})

it('ends an instance in two steps, and the audit log outlives it', async () => {
  expect((await browser.call('DELETE', `instances/${id}`)).statusCode).toBe(409)
  await browser.call('POST', `instances/${id}/cancel`)
  const { cancelledAt, deletedFrom } = await browser.get(`instances/${id}`)
  expect(deletedFrom - cancelledAt).toBe(15 * 24 * 3_600_000)
  await browser.call('POST', `instances/${id}/resume`)
  expect(await browser.get(`instances/${id}`)).not.toHaveProperty('cancelledAt')
  await browser.call('POST', `instances/${id}/cancel`)
  expect((await browser.get('audit')).records[0]).toMatchObject({
    act: 'instance-cancelled',
    role: 'administrator',
    name: 'ana',
    address: '203.0.113.7',
    instanceName: 'Loja',
  })
  bodyOf(await browser.call('DELETE', `instances/${id}`))
  expect((await browser.call('GET', `instances/${id}`)).statusCode).toBe(404)
  const { records } = await browser.get('audit')
  expect(records[0]).toMatchObject({ act: 'instance-deleted', instanceId: id })
  expect(records[0]).not.toHaveProperty('instanceName')
})

it('tells latencies and refusals of the last day', async () => {
  const at = stage.clock.now()
  await set(await send(), { status: 'delivered', sent_at: at + 300, delivered_at: at + 900 })
  await stage.clock.advance(1_000)
  const health = await browser.get(`instances/${id}/health?range=day`)
  expect(health).toMatchObject({
    until: at + 1_000,
    bucketMs: 1_800_000,
    acceptedToSent: { count: 1, p50: 300, p99: 300 },
    acceptedToDelivered: { count: 1, p95: 900 },
    failures: [],
  })
  expect(health.buckets).toHaveLength(49)
})

/** What Recado adds about callbacks, request by request. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import { EndpointServer } from '../../test/support/endpoint-server.js'
import { openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'

const hook = 'https://example.org/hook'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
  await stage.put('update-every-webhooks', { value: hook })
})

afterEach(() => stage[Symbol.asyncDispose]())

/** So many received messages with a code, each given up. */
async function giveUp(count: number): Promise<readonly string[]> {
  const { id: instanceId } = stage.instance
  await stage.database.transaction(async (transaction) => {
    for (let n = 0; n < count; n += 1)
      await stage.webhooks.publish(
        {
          kind: 'message.received',
          instanceId,
          occurredAt: 0,
          ownPhone: '5522',
          message: {
            whatsappId: whatsappIdOf(`3EB0${n}`),
            chat: { kind: 'person', phone: '5511999990002' },
            sender: { phone: '5511999990002' },
            fromMe: false,
            at: 0,
            forwarded: false,
            content: {
              kind: 'copy-code',
              text: 'Use 845201',
              title: '',
              footer: '',
              buttons: [{ text: 'Copiar', code: '845201' }],
            },
          },
        },
        transaction,
      )
  })
  await stage.database.query
    .updateTable('delivery')
    .set({ status: 'dead', attempts: 10, last_error: 'HTTP 500', ended_at: 5 })
    .execute()
  const rows = await stage.database.query
    .selectFrom('delivery')
    .select('id')
    .orderBy('sequence')
    .execute()
  return rows.map(({ id }) => id)
}

const ask = async (method: 'GET' | 'POST', action: string, payload?: object) => {
  const answer = await stage.call(method, action, payload === undefined ? {} : { payload })
  return [answer.statusCode, answer.json()] as const
}

it('lists what was given up, page by page, without bodies', async () => {
  expect(await ask('GET', 'callbacks')).toEqual([200, { callbacks: [], next: null }])
  const ids = await giveUp(101)
  const [, first] = await ask('GET', 'callbacks')
  expect(first.callbacks).toHaveLength(100)
  expect(first.callbacks[0]).toEqual({
    id: ids[0],
    type: 'ReceivedCallback',
    status: 'dead',
    phone: '5511999990002',
    zaapId: null,
    messageId: '3EB00',
    url: hook,
    attempts: 10,
    error: 'HTTP 500',
    created: expect.any(Number),
    ended: 5,
  })
  const [, second] = await ask('GET', `callbacks?after=${first.next}`)
  expect(second).toMatchObject({ callbacks: [{ id: ids[100] }], next: null })
  const [, later] = await ask('GET', 'callbacks?since=2999-01-01')
  expect(later).toEqual({ callbacks: [], next: null })
})

it('shows a body only when asked, and its code only when asked for that', async () => {
  const [id] = await giveUp(1)
  expect((await ask('GET', `callbacks/${id}`))[1]).not.toHaveProperty('body')
  const masked = JSON.stringify((await ask('GET', `callbacks/${id}?body=true`))[1])
  expect(masked).toContain('Use ••••01')
  expect(masked).not.toContain('845201')
  const [, full] = await ask('GET', `callbacks/${id}?body=codes`)
  expect(full.body).toMatchObject({ hydratedTemplate: { message: 'Use 845201' } })
  expect(stage.logged.join('')).not.toContain('845201')
})

const set = (id: string | undefined, values: object) =>
  stage.database.query
    .updateTable('delivery')
    .set(values)
    .where('id', '=', id ?? '')
    .execute()

it('tries now what waits or failed, and nothing that has arrived', async () => {
  const [dead, waiting, done] = await giveUp(3)
  await set(waiting, { status: 'pending', attempts: 3, next_attempt_at: 9e14, ended_at: null })
  await set(done, { status: 'done' })
  expect(await ask('POST', `callbacks/${dead}/try`)).toEqual([200, { value: true }])
  expect((await ask('GET', `callbacks/${dead}`))[1]).toMatchObject({ status: 'pending', tries: [] })
  expect(await ask('POST', `callbacks/${waiting}/try`)).toEqual([200, { value: true }])
  expect((await ask('GET', `callbacks/${waiting}`))[1]).toMatchObject({ attempts: 2 })
  expect(await ask('POST', `callbacks/${done}/try`)).toEqual([
    409,
    { error: 'This callback has arrived.' },
  ])
  expect((await ask('POST', 'callbacks/unknown/try'))[0]).toBe(404)
  expect(await ask('POST', 'callbacks/try', { since: 'yesterday' })).toMatchObject([400, {}])
  await set(waiting, { next_attempt_at: 9e14 })
  expect(await ask('POST', 'callbacks/try', { url: `${hook}/other` })).toEqual([200, { tried: 0 }])
  expect(await ask('POST', 'callbacks/try', {})).toEqual([200, { tried: 1 }])
})

it('pauses, resumes and tests a receiver, and no address that is none', async () => {
  await giveUp(1)
  const receiver = { url: hook, pausedAt: null, disabledAt: null, pending: 0, failed: 1 }
  const list = async () => (await ask('GET', 'callbacks/receivers'))[1].receivers
  expect(await list()).toMatchObject([receiver])
  expect((await list())[0].types).toContain('ReceivedCallback')
  const stranger = { url: 'https://stranger.example/' }
  expect((await ask('POST', 'callbacks/receivers/pause', stranger))[0]).toBe(404)
  expect((await ask('POST', 'callbacks/receivers/test', stranger))[0]).toBe(404)
  expect(await ask('POST', 'callbacks/receivers/pause', { url: hook })).toEqual([
    200,
    { value: true },
  ])
  expect(await list()).toMatchObject([{ ...receiver, pausedAt: expect.any(Number) }])
  expect((await ask('POST', 'callbacks/receivers/resume', { url: hook }))[0]).toBe(200)
  expect(await list()).toMatchObject([receiver])

  await using server = await EndpointServer.start()
  server.answer = () => ({ status: 503, headers: {}, body: 'closed for today' })
  await stage.webhooks.setEndpoint(stage.instance.id, ['message.sent'], server.url())
  const tested = { statusCode: 503, error: 'HTTP 503', answer: 'closed for today' }
  expect(await ask('POST', 'callbacks/receivers/test', { url: server.url() })).toMatchObject([
    200,
    tested,
  ])
  expect(server.hits).toMatchObject([{ body: { type: 'TestCallback' } }])
})

it('sends one again, once', async () => {
  const [id, other] = await giveUp(2)
  expect(await ask('POST', `callbacks/${id}/replay`)).toEqual([200, { value: true }])
  expect((await ask('POST', `callbacks/${id}/replay`))[0]).toBe(409)
  expect((await ask('GET', `callbacks/${id}`))[1]).toMatchObject({ status: 'pending', attempts: 0 })
  expect((await ask('GET', 'callbacks'))[1].callbacks).toMatchObject([{ id: other }])
})

it('sends all again since a moment, to where such callbacks go now', async () => {
  await giveUp(3)
  await stage.put('update-every-webhooks', { value: `${hook}/new` })
  expect(await ask('POST', 'callbacks/replay', { since: '2999-01-01T00:00:00Z' })).toEqual([
    200,
    { replayed: 0 },
  ])
  expect(await ask('POST', 'callbacks/replay', { since: 0 })).toEqual([200, { replayed: 3 }])
  const rows = await stage.database.query.selectFrom('delivery').selectAll().execute()
  expect(new Set(rows.map(({ url, status }) => `${status} ${url}`))).toEqual(
    new Set([`pending ${hook}/new`]),
  )
  expect(new Set(rows.map(({ lane }) => lane)).size).toBe(1)
})

it.each([
  ['GET', 'callbacks/unheard-of', undefined, 404],
  ['POST', 'callbacks/unheard-of/replay', undefined, 404],
  ['GET', 'callbacks?since=yesterday', undefined, 400],
  ['GET', 'callbacks?after=x', undefined, 400],
  ['GET', 'callbacks/1?body=please', undefined, 400],
  ['POST', 'callbacks/replay', {}, 400],
  ['POST', 'callbacks/replay', { since: '2026-11-20T10:00' }, 400],
] as const)('refuses %s %s with a reason', async (method, action, payload, status) => {
  expect(await ask(method, action, payload)).toEqual([status, { error: expect.any(String) }])
})

it('tells the signing secret again', async () => {
  const secret = await stage.instances.signingSecretOf(stage.instance.id)
  expect(await ask('GET', 'webhook-secret')).toEqual([200, { webhookSecret: secret }])
})

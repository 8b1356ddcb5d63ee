/** Programs call some routes by other names, in other forms and with other headers than the documented ones. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { mistakes, zapiRouteNames } from './route-names.js'

let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage()
})

afterAll(() => stage[Symbol.asyncDispose]())

const own = { 'client-token': clientToken }
const place = () => `/instances/${stage.instance.id}/token/${stage.token}`

const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, headers: object = own) =>
  stage.app.inject({ method, url, headers: { ...headers } })

describe('a path in another form is the same route', () => {
  it.each([
    (path: string) => `/${path}`,
    (path: string) => `${path}/`,
    (path: string) => path.replaceAll('/', '//'),
  ])('%s', async (form) => {
    expect((await ask('GET', form(`${place()}/queue/count`))).json()).toEqual({ count: 0 })
    // The one that was meant is told to be called with another method.
    expect((await ask('PUT', form(`${place()}/queue/count`))).statusCode).toBe(405)
  })

  it('and in other letters it is none', async () => {
    expect((await ask('GET', `${place()}/Queue/Count`)).statusCode).toBe(404)
  })
})

it('recover-pin-code is recovery-pin-code', async () => {
  const [one, other] = await Promise.all(
    ['recovery-pin-code', 'recover-pin-code'].map((name) =>
      ask('POST', `${place()}/mobile/${name}`),
    ),
  )
  expect(other?.statusCode).toBe(one?.statusCode)
  expect(other?.json()).toEqual(one?.json())
  expect(one?.statusCode).not.toBe(404)
})

describe('a path that is known to be a mistake names the call that is meant', () => {
  it.each([
    ['POST', 'send-message', 'POST send-text'],
    ['POST', 'send-button', 'POST send-button-list'],
    ['POST', 'send-buttons', 'POST send-button-list'],
    ['POST', 'send-list', 'POST send-option-list'],
    ['POST', 'delete-message', 'DELETE messages'],
    ['PUT', 'webhook', 'PUT update-every-webhooks'],
    ['PUT', 'update-webhook', 'PUT update-every-webhooks'],
    ['GET', 'profile-picture/5511999999999', 'GET profile-picture?phone='],
    ['GET', 'qr-code/base64', 'GET qr-code/image'],
    ['POST', 'send-chat-state', 'POST send-text with delayTyping'],
    ['POST', 'archive-chat', 'POST modify-chat'],
    ['GET', 'groups/120363019502650977-group', 'GET group-metadata/{phone}'],
  ] as const)('%s %s', async (method, call, meant) => {
    const answer = await ask(method, `${place()}/${call}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ error: 'NOT_FOUND', message: expect.stringContaining(meant) })
  })

  it.each(['restart', 'disconnect'])('POST %s', async (call) => {
    const answer = await ask('POST', `${place()}/${call}`)
    expect(answer.statusCode).toBe(405)
    expect(answer.json()).toEqual({ error: 'Method POST not allowed: use GET' })
    expect(answer.headers['allow']).toBe('GET, OPTIONS')
  })

  it('and every call that is named exists', async () => {
    for (const [mistake, meant] of Object.entries(mistakes)) {
      expect(zapiRouteNames.meant(`${place()}/${mistake}`)).toBe(meant)
      for (const [, method = '', call = ''] of meant.matchAll(
        /(GET|POST|PUT|DELETE) ([\w/{}-]+)/gu,
      )) {
        const url = `${place()}/${call.replaceAll(/[{}]/gu, '')}`
        const { statusCode } = await ask(method as 'GET', url)
        expect([method, call, statusCode]).not.toEqual([method, call, expect.toBeOneOf([404, 405])])
      }
    }
  })
})

describe('a header that was joined with itself counts once', () => {
  it('Client-Token', async () => {
    const twice = { 'client-token': `${clientToken}, ${clientToken}` }
    expect((await ask('GET', `${place()}/queue/count`, twice)).statusCode).toBe(200)
    const other = { 'client-token': `${clientToken}, other` }
    expect((await ask('GET', `${place()}/queue/count`, other)).statusCode).toBe(403)
  })

  it('Content-Type', async () => {
    const headers = { ...own, 'content-type': 'application/json, application/json' }
    const url = `${place()}/queue`
    const answer = await stage.app.inject({
      method: 'POST',
      url,
      headers,
      payload: '{"pageSize":5}',
    })
    expect(answer.statusCode).toBe(200)
  })
})

it.each(['application/json', 'application/x-www-form-urlencoded'])(
  'an empty body as %s is none',
  async (type) => {
    const headers = { ...own, 'content-type': type }
    expect((await ask('POST', `${place()}/queue`, headers)).statusCode).toBe(200)
    expect((await ask('DELETE', `${place()}/queue`, headers)).statusCode).toBe(200)
    const since = await ask('POST', `${place()}/callbacks/unknown/replay`, headers)
    expect(since.json()).toEqual({ error: expect.stringContaining('callback') })
  },
)

const sentByMe = async () =>
  (await stage.instances.find(stage.instance.id))?.settings.notifySentByMe

describe('update-notify-sent-by-me', () => {
  it('takes value for notifySentByMe', async () => {
    for (const wanted of [true, false]) {
      expect((await stage.put('update-notify-sent-by-me', { value: wanted })).statusCode).toBe(200)
      expect(await sentByMe()).toBe(wanted)
    }
  })

  it('names what is missing, and takes the documented name where both are sent', async () => {
    const missing = await stage.put('update-notify-sent-by-me', {})
    expect([missing.statusCode, missing.json()]).toEqual([
      400,
      { error: 'notifySentByMe is required' },
    ])
    await stage.put('update-notify-sent-by-me', { notifySentByMe: true, value: false })
    expect(await sentByMe()).toBe(true)
  })
})

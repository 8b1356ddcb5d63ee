import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../src/simulator.js'

const ana = '5511999990001'
const bia = '5531987650002'
const unknown = '5511999990099'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
  await simulator.addPhone({ phone: ana, name: 'Ana' })
  await simulator.addPhone({ phone: bia, name: 'Bia', business: true })
})

afterAll(async () => {
  await simulator[Symbol.asyncDispose]()
})

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(simulator.controlUrl + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, headers, body: text === '' ? undefined : JSON.parse(text) }
}

function idOf(body: unknown): string {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined
  if (typeof id !== 'string') throw new Error('the answer has no id')
  return id
}

function phoneNamed(number: string) {
  const phone = simulator.phone(number)
  if (!phone) throw new Error(`no phone ${number}`)
  return phone
}

describe('phones', () => {
  test('are added and listed', async () => {
    const phone = '5511999990003'
    const added = await call('POST', '/phones', { phone, name: 'Caio' })
    const view = { phone, name: 'Caio', business: false, online: true, messages: 0 }
    expect(added).toMatchObject({ status: 201, body: view })
    const { body } = await call('GET', '/phones')
    expect(body).toContainEqual(added.body)
    expect(body).toContainEqual(expect.objectContaining({ phone: bia, business: true }))
  })

  test('are added once', async () => {
    expect(await call('POST', '/phones', { phone: ana })).toMatchObject({
      status: 409,
      body: { error: 'phone is registered already' },
    })
  })

  test('get nothing while offline, and everything once online', async () => {
    const path = `/phones/${bia}/online`
    expect(await call('PUT', path, { online: false })).toMatchObject({ body: { online: false } })
    const { body } = await call('POST', `/phones/${ana}/messages`, { to: bia, text: 'Está aí?' })
    expect(body).toMatchObject({ status: 'sent' })
    expect(phoneNamed(bia).messages).not.toContainEqual(expect.objectContaining(body))

    expect(await call('PUT', path, { online: true })).toMatchObject({ body: { online: true } })
    const { body: shown } = await call('GET', `/phones/${bia}/messages`)
    expect(shown).toContainEqual(expect.objectContaining({ text: 'Está aí?', from: ana }))
  })

  test('refuse a QR and a code that no client shows', async () => {
    for (const [path, body] of [
      ['scan', { qr: 'https://wa.me/settings/linked_devices#a,b,c,d,e' }],
      ['link-code', { code: 'ABCD-EFGH' }],
    ] as const) {
      expect(await call('POST', `/phones/${ana}/${path}`, body)).toMatchObject({
        status: 409,
        body: { error: expect.any(String) },
      })
    }
    expect(await call('GET', `/phones/${ana}/linked-devices`)).toMatchObject({ body: [] })
  })
})

describe('messages', () => {
  test('travel from phone to phone, and are read', async () => {
    const arrived = phoneNamed(ana).nextMessage(({ text }) => text === 'Olá, Ana')
    const { status, body } = await call('POST', `/phones/${bia}/messages`, {
      to: ana,
      text: 'Olá, Ana',
    })
    const { id: messageId } = await arrived
    const shows = { android: true, ios: true, web: true }
    const drawn = { android: 'whole', ios: 'whole', web: 'whole' }
    const view = { kind: 'text', parts: [{ type: 'text', text: 'Olá, Ana' }] }
    const state = { reactions: [], votes: [], answers: [] }
    const told = { text: 'Olá, Ana', view, files: {}, buttons: [], state }
    const seen = { id: messageId, from: bia, ...told, shows, drawn }
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...seen, chat: ana, fromMe: true })

    const { body: list } = await call('GET', `/phones/${ana}/messages`)
    const incoming = {
      ...seen,
      key: messageId,
      chat: bia,
      fromMe: false,
      at: expect.any(Number),
    }
    expect(list).toContainEqual({ ...incoming, status: 'delivered' })

    const read = phoneNamed(bia).untilMessage(
      ({ id, status: at }) => id === messageId && at === 'read',
    )
    expect((await call('POST', `/phones/${ana}/read`, { messageId })).status).toBe(204)
    await read
    const { body: after } = await call('GET', `/phones/${ana}/messages`)
    expect(after).toContainEqual({ ...incoming, status: 'read' })
  })

  test('are read many at once, as those of a chat that is opened', async () => {
    const bodies: unknown[] = []
    for (const text of ['um', 'dois'])
      bodies.push((await call('POST', `/phones/${bia}/messages`, { to: ana, text })).body)
    const messageIds = bodies.map(idOf)
    for (const messageId of messageIds)
      await phoneNamed(ana).untilMessage(({ id }) => id === messageId)
    const read = messageIds.map((messageId) =>
      phoneNamed(bia).untilMessage(({ id, status }) => id === messageId && status === 'read'),
    )
    expect((await call('POST', `/phones/${ana}/read`, { messageIds })).status).toBe(204)
    await Promise.all(read)
    expect((await call('POST', `/phones/${ana}/read`, {})).status).toBe(400)
  })

  test('of its own cannot be read', async () => {
    const { body } = await call('POST', `/phones/${bia}/messages`, { to: ana, text: 'Oi' })
    const messageId = idOf(body)
    expect((await call('POST', `/phones/${bia}/read`, { messageId })).status).toBe(409)
  })

  test('have an image only where there is one', async () => {
    const { body } = await call('POST', `/phones/${bia}/messages`, { to: ana, text: 'Sem imagem' })
    const id = idOf(body)
    expect(body).not.toHaveProperty('image')
    expect(await call('GET', `/phones/${bia}/messages/${id}/image`)).toMatchObject({
      status: 404,
      body: { error: 'no image' },
    })
  })

  test('go to a Brazilian number under either of its forms', async () => {
    const { status, body } = await call('POST', `/phones/${ana}/messages`, {
      to: '553187650002',
      text: 'Sem o nono dígito',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ chat: bia })
  })
})

describe('groups', () => {
  test('are made of phones, and pass messages on to each member', async () => {
    const members = [ana, bia]
    const { status, body } = await call('POST', '/groups', { subject: 'Família', members })
    expect(status).toBe(201)
    expect(body).toEqual({ id: expect.stringMatching(/^\d+@g\.us$/), subject: 'Família', members })
    expect((await call('GET', '/groups')).body).toEqual([body])

    const to = idOf(body)
    const arrived = phoneNamed(bia).nextMessage(({ chat }) => chat === to)
    await call('POST', `/phones/${ana}/messages`, { to, text: 'Oi, família' })
    expect(await arrived).toMatchObject({ from: ana, text: 'Oi, família' })
  })

  test('take no member without a phone', async () => {
    const group = { subject: 'Família', members: [ana, unknown] }
    expect(await call('POST', '/groups', group)).toMatchObject({
      status: 400,
      body: { error: 'members/1 is no phone' },
    })
  })
})

describe('a group of others', () => {
  test('cannot be written to', async () => {
    const { body } = await call('POST', '/groups', { subject: 'Outros', members: [bia] })
    const message = { to: idOf(body), text: 'Oi' }
    expect(await call('POST', `/phones/${ana}/messages`, message)).toMatchObject({
      status: 400,
      body: { error: 'to is a group that the phone is not in' },
    })
  })
})

describe('faults', () => {
  const none = {
    acks: [],
    logins: [],
    notOnWhatsApp: [],
    unmentioned: [],
    unmoved: [],
    moved: [],
    decryption: [],
    media: {},
    newChatLocks: [],
    forged: [],
    passkey: [],
    paymentsNeedBusiness: false,
  }

  test('are set part by part, read and cleared', async () => {
    const acks = [{ kind: 'error', code: 463, strangers: true }]
    const media = { upload: 'refuse' }
    expect(await call('PUT', '/faults', { acks })).toMatchObject({ body: { ...none, acks } })
    expect((await call('PUT', '/faults', { media })).body).toEqual({ ...none, acks, media })
    expect((await call('GET', '/faults')).body).toEqual({ ...none, acks, media })
    expect(simulator.faults.media).toEqual(media)
    expect((await call('DELETE', '/faults')).body).toEqual(none)
    expect((await call('GET', '/faults')).body).toEqual(none)
  })

  test('that hit connections are not kept', async () => {
    const connections = [{ phone: ana, action: 'drop' }]
    expect((await call('PUT', '/faults', { connections })).body).toEqual(none)
  })
})

describe('bad input is answered 400 and named', () => {
  const phones = `/phones/${ana}`
  test.each<[string, string, unknown, string]>([
    ['POST', '/phones', {}, 'phone is required'],
    ['POST', '/phones', { phone: '+5511999990004' }, 'phone must match'],
    ['POST', '/phones', { phone: 5511999990004 }, 'phone must be string'],
    ['POST', '/phones', { phone: '5511999990004', nmae: 'x' }, 'nmae is not known'],
    ['POST', '/phones', { phone: '5511999990004', business: 'yes' }, 'business must be boolean'],
    ['POST', `${phones}/scan`, { qr: '' }, 'qr must NOT have fewer'],
    ['POST', `${phones}/link-code`, { code: '123' }, 'code must match'],
    ['POST', `${phones}/messages`, { to: ana }, 'text is required'],
    ['POST', `${phones}/messages`, { to: 'Bia', text: 'x' }, 'to must match'],
    ['POST', `${phones}/messages`, { to: unknown, text: 'x' }, 'to is not on WhatsApp'],
    ['POST', `${phones}/read`, {}, 'messageId is required'],
    ['PUT', `${phones}/online`, { online: 'no' }, 'online must be boolean'],
    ['DELETE', `${phones}/linked-devices/first`, undefined, 'n must match'],
    ['GET', '/phones/ana/messages', undefined, 'phone must match'],
    ['POST', '/groups', { subject: 'x', members: [] }, 'members must NOT have fewer'],
    ['POST', '/groups', { subject: 'x', members: ['x'] }, 'members/0 must match'],
    ['PUT', '/faults', { akcs: [] }, 'akcs is not known'],
    [
      'PUT',
      '/faults',
      { acks: [{ kind: 'boom' }] },
      'acks/0/kind must be one of error,late,missing',
    ],
    ['PUT', '/faults', { acks: [{ kind: 'error' }] }, 'acks/0/code is required'],
    ['PUT', '/faults', { logins: [{ code: 200 }] }, 'logins/0/code must be one of'],
    ['PUT', '/faults', { media: { delayMs: -1 } }, 'media/delayMs must be >= 0'],
    ['PUT', '/faults', [], 'body must be object'],
  ])('%s %s %j', async (method, path, sent, problem) => {
    expect(await call(method, path, sent)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(problem) },
    })
  })
})

describe('what is not there is answered 404', () => {
  test.each<[string, string, unknown?]>([
    ['GET', '/nothing'],
    ['GET', `/phones/${unknown}`],
    ['GET', `/phones/${unknown}/messages`],
    ['POST', `/phones/${unknown}/scan`, { qr: 'x' }],
    ['POST', `/phones/${unknown}/link-code`, { code: 'ABCDEFGH' }],
    ['POST', `/phones/${unknown}/messages`, { to: ana, text: 'x' }],
    ['POST', `/phones/${unknown}/read`, { messageId: 'x' }],
    ['PUT', `/phones/${unknown}/online`, { online: true }],
    ['GET', `/phones/${unknown}/linked-devices`],
    ['DELETE', `/phones/${unknown}/linked-devices/1`],
    ['DELETE', `/phones/${ana}/linked-devices/1`],
    ['POST', `/phones/${ana}/read`, { messageId: 'x' }],
    ['GET', `/phones/${ana}/messages/x/image`],
  ])('%s %s', async (method, path, sent) => {
    expect(await call(method, path, sent)).toMatchObject({
      status: 404,
      body: { error: expect.any(String) },
    })
  })
})

describe('the HTTP server', () => {
  test('names the methods that a path knows', async () => {
    const { status, headers } = await call('DELETE', '/phones')
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, POST')
    expect((await call('POST', '/faults', { acks: [] })).headers.get('allow')).toBe(
      'GET, PUT, DELETE',
    )
  })

  test('answers 400 to what is no JSON', async () => {
    const response = await fetch(`${simulator.controlUrl}/phones`, {
      method: 'POST',
      body: '{"phone":',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining('JSON') })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded'])('takes no %s', async (type) => {
    const response = await fetch(`${simulator.controlUrl}/phones`, {
      method: 'POST',
      body: JSON.stringify({ phone: '5511999990005' }),
      headers: { 'content-type': type },
    })
    expect(response.status).toBe(415)
    expect(simulator.phone('5511999990005')).toBeUndefined()
  })

  test('is closed to a page that calls it by a name of its own', async () => {
    expect(await statusFor('evil.example:80')).toBe(403)
    expect(await statusFor('127.0.0.1.evil.example')).toBe(403)
    expect(await statusFor('localhost:1234')).toBe(200)
    expect(await statusFor('127.0.0.1')).toBe(200)
  })
})

function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${simulator.controlUrl}/phones`, { headers: { host }, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

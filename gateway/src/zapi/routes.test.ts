/** The contract, request by request, over the real modules. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { PairingError } from '../domain/errors.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

/** The outbox, oldest first. */
const rows = () => stage.database.query.selectFrom('message').selectAll().execute()

const endpoints = () => stage.webhooks.endpoints(stage.instance.id)

const brokenBody = { 'content-type': 'application/json' }

describe('who may call', () => {
  it('refuses a call without Client-Token before it reads the body', async () => {
    const answer = await stage.call('POST', 'send-button-otp', {
      headers: brokenBody,
      payload: '{"phone":',
    })
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: 'your client-token is not configured' },
    ])
  })

  it('refuses a wrong Client-Token before it reads the body, and logs nothing of it', async () => {
    const answer = await stage.call('POST', 'send-button-otp', {
      headers: { ...brokenBody, 'client-token': 'nearly-right' },
      payload: 'x'.repeat(9 * 1024 * 1024),
    })
    expect([answer.statusCode, answer.json()]).toEqual([
      403,
      { error: 'Client-Token nearly-right not allowed' },
    ])
    expect(stage.logged.join('')).toContain('"statusCode":403')
    expect(stage.logged.join('')).not.toContain('nearly-right')
  })

  it('does not wait for a body that it will not read', async () => {
    const { port, hostname } = new URL(await stage.app.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /instances/${stage.instance.id}/token/wrong/send-button-otp HTTP/1.1\r\n` +
        `Host: x\r\nClient-Token: ${clientToken}\r\nContent-Type: application/json\r\n` +
        'Content-Length: 1000000000\r\n\r\n',
    )
    const [answer] = await once(socket, 'data')
    socket.destroy()
    expect(String(answer)).toMatch(/^HTTP\/1\.1 404 .*"error":"Instance not found"/su)
  })

  it('repeats of a wrong Client-Token only what can be shown', async () => {
    const answer = await stage.call('GET', 'status', {
      headers: { 'client-token': `a\u00e9\t${'b'.repeat(500)}` },
    })
    expect(answer.json()).toEqual({ error: `Client-Token a${'b'.repeat(63)} not allowed` })
  })

  it('refuses unknown instances and wrong tokens alike, before it reads the body', async () => {
    const unknown = `3${'0'.repeat(31)}`
    const pairs = [
      [unknown, stage.token],
      [stage.instance.id, 'wrong'],
    ]
    for (const [id, token] of pairs) {
      const answer = await stage.app.inject({
        method: 'POST',
        url: `/instances/${id}/token/${token}/send-button-otp`,
        headers: { ...brokenBody, 'client-token': clientToken },
        payload: '{"phone":',
      })
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Instance not found' }])
    }
  })

  it("refuses one instance's token for another", async () => {
    const other = await stage.instances.create({ name: 'Outra' })
    const answer = await stage.app.inject({
      method: 'GET',
      url: `/instances/${other.instance.id}/token/${stage.token}/status`,
      headers: { 'client-token': clientToken },
    })
    expect(answer.statusCode).toBe(404)
  })

  it('takes header names in any case', async () => {
    const answer = await stage.call('GET', 'status', { headers: { 'Client-Token': clientToken } })
    expect(answer.statusCode).toBe(200)
  })

  it('writes neither tokens nor numbers nor codes into the log', async () => {
    await stage.send({ phone: '5511987654321', code: '314159' })
    await stage.call('GET', 'phone-code/5511987654321')
    const log = stage.logged.join('')
    expect(log).toContain('/instances/:instanceId/token/:token/send-button-otp')
    expect(log).toContain(stage.instance.id)
    for (const secret of [stage.token, clientToken, '5511987654321', '314159'])
      expect(log).not.toContain(secret)
  })
})

describe('send-button-otp', () => {
  it('answers with the three ids once the message is stored', async () => {
    const answer = await stage.send()
    expect(answer.statusCode).toBe(200)
    const { zaapId, messageId, id } = answer.json()
    expect(zaapId).toMatch(/^[0-9A-F]{32}$/u)
    expect(messageId).toMatch(/^[0-9A-F]{20,40}$/u)
    expect(id).toBe(messageId)
    expect(await rows()).toMatchObject([
      { id: zaapId, whatsapp_id: messageId, instance_id: stage.instance.id, status: 'queued' },
    ])
  })

  it.each([
    ['5511999999999-1623281429', { kind: 'group', group: '5511999999999-1623281429' }],
    ['120363019502650977-group', { kind: 'group', group: '120363019502650977' }],
    ['999999999999999@lid', { kind: 'lid', lid: '999999999999999' }],
    ['+55 11 99999-9999', { kind: 'person', phone: '5511999999999' }],
    [5511999999999, { kind: 'person', phone: '5511999999999' }],
  ])('takes %s as phone', async (phone, recipient) => {
    expect((await stage.send({ phone })).statusCode).toBe(200)
    expect((await rows()).map((row): unknown => JSON.parse(row.recipient))).toEqual([recipient])
  })

  it.each([undefined, null, '', '  ', 'nobody', [], {}, true])(
    'refuses %j as phone',
    async (phone) => {
      const answer = await stage.send({ phone })
      expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'Invalid phone' }])
      expect(await rows()).toEqual([])
    },
  )

  it.each([
    ['no message', { message: undefined }, 'message is required'],
    ['a null message', { message: null }, 'message is required'],
    ['an empty message', { message: '' }, 'message is required'],
    ['a message that is a number', { message: 1 }, 'message must be of type string'],
    [
      'a message that is too long',
      { message: 'x'.repeat(4097) },
      'message must be at most 4096 characters',
    ],
    ['no code', { code: undefined }, 'code is required'],
    ['an empty code', { code: '' }, 'code is required'],
    ['the wrong name of the code', { code: undefined, otpCode: '123' }, 'code is required'],
    ['a code that is neither', { code: true }, 'code must be of type string or number'],
    ['a code that is too long', { code: 'x'.repeat(2049) }, 'code must be at most 2048 characters'],
    [
      'a code that lost digits',
      { code: 1.5 },
      'code is not an exact whole number: send it as a string',
    ],
    [
      'a button text that is too long',
      { buttonText: 'x'.repeat(61) },
      'buttonText must be at most 60 characters',
    ],
    ['a button text that is a number', { buttonText: 1 }, 'buttonText must be of type string'],
    ['an early expiry', { expiresIn: 29 }, 'expiresIn must be at least 30'],
    ['a late expiry', { expiresIn: 86_401 }, 'expiresIn must be at most 86400'],
    ['half a second', { expiresIn: 30.5 }, 'expiresIn must be of type integer'],
    ['an expiry in words', { expiresIn: '60' }, 'expiresIn must be of type integer'],
    ['an image that is no text', { image: 1 }, 'image must be of type string'],
  ])('refuses %s and names the field', async (_what, change, error) => {
    const answer = await stage.send(change)
    expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
    expect(await rows()).toEqual([])
  })

  it.each([
    'http://127.0.0.1/a.png',
    'http://[::1]/a.png',
    'https://10.0.0.1/a.png',
    'https://169.254.169.254/latest/meta-data',
    'https://user:pw@example.com/a.png',
    'http://localhost/a.png',
    'ftp://example.com/a.png',
    'not base64 at all!',
    'data:image/png;base64,@@@@',
    `data:image/png;base64,${'A'.repeat(7_000_000)}`,
  ])('refuses the image %.40s', async (image) => {
    const answer = await stage.send({ image })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatch(/image/iu)
    expect(await rows()).toEqual([])
  })

  it.each([
    'https://example.com/a.png',
    'http://example.com/a.png',
    'data:image/png;base64,iVBORw0KGgo=',
    'iVBORw0KGgo=',
  ])('takes the image %s', async (image) => {
    expect((await stage.send({ image })).statusCode).toBe(200)
  })

  it.each([
    { image: null, buttonText: null, delayMessage: null, delayTyping: null, expiresIn: null },
    { image: '', buttonText: '', delayMessage: '', delayTyping: '', expiresIn: '' },
    { buttonText: '   ', delayMessage: 'soon', delayTyping: {} },
    { title: 'x', footer: 1, messageId: [], unheardOf: { of: true } },
    { code: 123456 },
    { code: 'x'.repeat(2048), message: 'ç'.repeat(4096), buttonText: '🔑'.repeat(60) },
    { expiresIn: 30 },
    { expiresIn: 86_400 },
  ])('takes %.80j', async (change) => {
    expect((await stage.send(change)).json()).toEqual({
      zaapId: expect.any(String),
      messageId: expect.any(String),
      id: expect.any(String),
    })
  })

  it('keeps delays within their bounds', async () => {
    await stage.send({ delayMessage: '99', delayTyping: 3 })
    await stage.send({ delayMessage: 0 })
    expect(await rows()).toMatchObject([
      { gap_after_ms: 15_000, typing_ms: 3000 },
      { gap_after_ms: null, typing_ms: 0 },
    ])
  })

  it('refuses what no longer fits into the line of a disconnected instance', async () => {
    await stage[Symbol.asyncDispose]()
    stage = await openZapiStage({ maxWaiting: 1 })
    expect((await stage.send()).statusCode).toBe(200)
    const full = await stage.send()
    expect([full.statusCode, full.json()]).toEqual([400, { error: 'queue limit reached' }])
    stage.sessions.connected.add(stage.instance.id)
    expect((await stage.send()).statusCode).toBe(200)
  })

  it('refuses images when too many bytes wait, with the cure and the time to come back', async () => {
    await stage[Symbol.asyncDispose]()
    stage = await openZapiStage({ maxWaitingBytes: 1_048_576 })
    const image = 'A'.repeat(700_000)
    expect((await stage.send({ image })).statusCode).toBe(200)
    const full = await stage.send({ image })
    expect([full.statusCode, full.headers['retry-after'], full.json()]).toEqual([
      429,
      '60',
      { error: expect.stringMatching(/1 MiB already\. Wait .* or send images as URLs/u) },
    ])
    expect((await stage.send()).statusCode).toBe(200)
  })

  it.each([
    ['null', 400, 'message is required'],
    ['[]', 400, 'body must be of type object'],
    ['"text"', 400, 'body must be of type object'],
    ['{"phone":', 400, 'Request body is not valid JSON'],
  ])('answers %s as body with %i', async (payload, status, error) => {
    const answer = await stage.call('POST', 'send-button-otp', {
      headers: { ...brokenBody, 'client-token': clientToken },
      payload,
    })
    expect([answer.statusCode, answer.json()]).toEqual([status, { error }])
  })

  it('names the missing attribute where there is no body at all', async () => {
    const calls = [
      ['POST', 'send-button-otp', 'message'],
      ['PUT', 'update-webhook-received', 'value'],
      ['PUT', 'update-notify-sent-by-me', 'notifySentByMe'],
    ] as const
    for (const [method, action, missing] of calls) {
      const answer = await stage.call(method, action)
      expect([answer.statusCode, answer.json()]).toEqual([400, { error: `${missing} is required` }])
    }
  })

  it('answers 405, 413 and 415 like Z-API', async () => {
    const wrongMethod = await stage.call('GET', 'send-button-otp')
    expect([wrongMethod.statusCode, wrongMethod.headers['allow']]).toEqual([405, 'POST, OPTIONS'])
    const form = await stage.call('POST', 'send-button-otp', {
      headers: { 'client-token': clientToken, 'content-type': 'text/plain' },
      payload: '{}',
    })
    expect(form.statusCode).toBe(415)
    const large = await stage.send({ image: 'A'.repeat(9 * 1024 * 1024) })
    expect(large.statusCode).toBe(413)
    for (const answer of [wrongMethod, form, large])
      expect(answer.json()).toEqual({ error: expect.any(String) })
  })
})

describe('pairing and state', () => {
  it('gives the text of the QR, and its picture', async () => {
    expect((await stage.call('GET', 'qr-code')).json()).toEqual({ value: '2@abc,def' })
    const { value } = (await stage.call('GET', 'qr-code/image')).json()
    expect(value).toMatch(/^data:image\/png;base64,iVBORw0KGgo/u)
  })

  it('gives a pairing code for a number with or without mask', async () => {
    const answer = await stage.call('GET', `phone-code/${encodeURIComponent('+55 11 99999-9999')}`)
    expect(answer.json()).toEqual({ value: 'A1B2C3D4' })
    expect(stage.sessions.pairedPhones).toEqual(['5511999999999'])
    const bad = await stage.call('GET', 'phone-code/nobody')
    expect([bad.statusCode, bad.json()]).toEqual([400, { error: 'Invalid phone' }])
  })

  it('has nothing to pair while it is connected', async () => {
    stage.sessions.connected.add(stage.instance.id)
    for (const action of ['qr-code', 'qr-code/image', 'phone-code/5511999999999']) {
      const answer = await stage.call('GET', action)
      expect([answer.statusCode, answer.json()]).toEqual([200, { connected: true }])
    }
  })

  it('asks to try again when WhatsApp gives no QR', async () => {
    stage.sessions.failure = new PairingError('WhatsApp gave no QR in time. Ask again.')
    const answer = await stage.call('GET', 'qr-code')
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { error: 'WhatsApp gave no QR in time. Ask again.' },
    ])
  })

  it('tells the state, and disconnects', async () => {
    stage.sessions.connected.add(stage.instance.id)
    expect((await stage.call('GET', 'status')).json()).toEqual({
      connected: true,
      error: 'You are already connected.',
      smartphoneConnected: true,
    })
    expect((await stage.call('GET', 'disconnect')).json()).toEqual({ value: true })
    expect((await stage.call('GET', 'status')).json()).toEqual({
      connected: false,
      error: 'You are not connected.',
      smartphoneConnected: false,
    })
  })

  it('does not disconnect on POST or HEAD', async () => {
    stage.sessions.connected.add(stage.instance.id)
    for (const method of ['POST', 'HEAD'] as const)
      expect((await stage.call(method, 'disconnect')).statusCode).toBe(405)
    expect(stage.sessions.connected.size).toBe(1)
  })
})

async function tellCodesAfter(body: object): Promise<boolean | undefined> {
  await stage.put('update-notify-sent-by-me', body)
  return (await stage.instances.find(stage.instance.id))?.settings.tellCodes
}

describe('callback setters', () => {
  const url = 'https://example.com/callback'
  it.each([
    ['update-webhook-delivery', ['message.sent', 'message.failed']],
    ['update-webhook-received', ['message.received', 'call.changed']],
    ['update-webhook-receive', ['message.received', 'call.changed']],
    ['update-webhook-received-delivery', ['message.received', 'call.changed']],
    ['update-webhook-connected', ['instance.connected']],
    ['update-webhook-disconnected', ['instance.disconnected']],
    ['update-webhook-message-status', ['message.status-changed']],
    ['update-webhook-chat-presence', ['chat.presence-changed']],
    [
      'update-every-webhooks',
      [
        'message.sent',
        'message.failed',
        'message.received',
        'call.changed',
        'chat.presence-changed',
        'message.status-changed',
        'instance.connected',
        'instance.disconnected',
        'instance.passkey-needed',
        'instance.proxy-failed',
      ],
    ],
    ['update-proxy-webhook', ['instance.proxy-failed']],
    ['update-webhook-passkey', ['instance.passkey-needed']],
  ])('%s sets and clears', async (action, kinds) => {
    expect((await stage.put(action, { value: url })).json()).toEqual({ value: true })
    expect(await endpoints()).toEqual(new Map(kinds.map((kind) => [kind, url])))
    expect((await stage.put(action, { value: '' })).json()).toEqual({ value: true })
    expect(await endpoints()).toEqual(new Map())
  })

  it.each([
    ['http://example.com/', /^value: A URL starts with https:/u],
    ['example.com', /^value: This is not a complete URL/u],
    ['https://127.0.0.1/', /^value: The URL leads to an address that is not on the public/u],
    ['https://192.168.1.1/', /^value: The URL leads to/u],
    ['https://u:p@example.com/', /^value: A URL must not hold/u],
  ])('refuses %s and says why', async (value, error) => {
    const answer = await stage.put('update-webhook-received', { value })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({ error: expect.stringMatching(error) })
    expect(await endpoints()).toEqual(new Map())
  })

  it('takes http:// and private networks where the operator allows them', async () => {
    await stage[Symbol.asyncDispose]()
    stage = await openZapiStage({ allowHttpCallbacks: true, allowedNetworks: ['127.0.0.0/8'] })
    const answer = await stage.put('update-webhook-received', { value: 'http://127.0.0.1:9/cb' })
    expect(answer.statusCode).toBe(200)
  })

  it('names what is missing or of another type', async () => {
    expect((await stage.put('update-webhook-received', {})).json()).toEqual({
      error: 'value is required',
    })
    expect((await stage.put('update-webhook-received', { value: 1 })).statusCode).toBe(400)
    expect((await stage.put('update-notify-sent-by-me', {})).json()).toEqual({
      error: 'notifySentByMe is required',
    })
    expect((await stage.put('update-notify-sent-by-me', { notifySentByMe: 'yes' })).json()).toEqual(
      { error: 'notifySentByMe must be of type boolean' },
    )
  })

  it.each([
    ['update-notify-sent-by-me', { notifySentByMe: true }],
    ['update-every-webhooks', { value: url, notifySentByMe: true }],
    ['update-webhook-received-delivery', { value: url }],
  ])('%s also tells what this number sends', async (action, body) => {
    expect((await stage.put(action, body)).json()).toEqual({ value: true })
    const found = await stage.instances.find(stage.instance.id)
    expect(found?.settings.notifySentByMe).toBe(true)
  })

  it('tells codes only while it was asked to', async () => {
    expect(await tellCodesAfter({ notifySentByMe: true })).toBe(false)
    expect(await tellCodesAfter({ notifySentByMe: true, tellCodes: true })).toBe(true)
    expect(await tellCodesAfter({ notifySentByMe: true })).toBe(true)
    expect(await tellCodesAfter({ notifySentByMe: false, tellCodes: false })).toBe(false)
  })
})

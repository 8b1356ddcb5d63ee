/** `send-button-otp`, request by request, over the real modules. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

/** The outbox, oldest first. */
const rows = () => stage.database.query.selectFrom('message').selectAll().execute()

const brokenBody = { 'content-type': 'application/json' }

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

  it.each([undefined, null, '', '  ', 'letters', [], {}, true])(
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

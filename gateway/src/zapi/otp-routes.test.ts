/** `otp/start` and `otp/check` over the real server. What a right code is told stands in the journey: only a phone sees one. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const phone = '5511999999999'
const start = (change: object = {}, headers: Record<string, string> = {}) =>
  stage.call('POST', 'otp/start', {
    headers: { 'client-token': clientToken, ...headers },
    payload: { phone, ...change },
  })
const check = (payload: object) => stage.call('POST', 'otp/check', { payload })
const messages = () => stage.database.query.selectFrom('message').selectAll().execute()

describe('otp/start', () => {
  it('answers as a send does, and when the code ends, but not with the code', async () => {
    const answer = await start({ length: 8, charset: 'alphanumeric', expiresIn: 60 })
    const [row] = await messages()
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        zaapId: row?.id,
        messageId: row?.whatsapp_id,
        id: row?.whatsapp_id,
        expiresAt: row?.expires_at,
      },
    ])
    expect((row?.expires_at ?? 0) - (row?.accepted_at ?? 0)).toBe(60_000)
  })

  it('shows no code in the queue', async () => {
    await start({ message: 'Seu código: {code}' })
    const [listed] = (await stage.call('POST', 'queue', { payload: {} })).json().messages
    expect(listed.Code).toMatch(/^••••\d\d$/u)
    expect(listed.Message).toBe(`Seu código: ${listed.Code}`)
  })

  it('lives five minutes and lets the phone rest for thirty seconds unless asked otherwise', async () => {
    await start({ message: '', buttonText: null })
    const [row] = await messages()
    expect((row?.expires_at ?? 0) - (row?.accepted_at ?? 0)).toBe(300_000)
    const again = await start({ phone: '551199999999' })
    expect([again.statusCode, again.headers['retry-after'], again.json()]).toEqual([
      429,
      '30',
      { error: 'Too many codes for this phone. The next one may go in 30 seconds.' },
    ])
    expect((await start({ phone: '5511999999998', cooldown: 0 })).statusCode).toBe(200)
  })

  it('is answered the same when it comes again under its key', async () => {
    const first = await start({}, { 'idempotency-key': 'k' })
    const again = await start({ phone: '+55 (11) 99999-9999' }, { 'idempotency-key': 'k' })
    expect([again.statusCode, again.body]).toEqual([200, first.body])
    expect(await messages()).toHaveLength(1)
    expect((await start({ length: 5 }, { 'idempotency-key': 'k' })).statusCode).toBe(422)
    const send = await stage.call('POST', 'send-button-otp', {
      headers: { 'client-token': clientToken, 'idempotency-key': 'k' },
      payload: { phone, message: 'Oi', code: '1' },
    })
    expect(send.statusCode).toBe(422)
  })

  it.each([
    [{ phone: '120363019502650977-group' }, 'phone must be a person: a group does not log in'],
    [{ phone: 'Maria' }, 'Invalid phone'],
    [{ phone: '' }, 'Invalid phone'],
    [{ length: 3 }, 'length must be at least 4'],
    [{ length: 13 }, 'length must be at most 12'],
    [{ length: '6' }, 'length must be of type integer'],
    [{ charset: 'emoji' }, 'charset must be one of digits, alphanumeric'],
    [{ expiresIn: 29 }, 'expiresIn must be at least 30'],
    [{ expiresIn: 901 }, 'expiresIn must be at most 900'],
    [{ cooldown: 3_601 }, 'cooldown must be at most 3600'],
    [{ message: 'x'.repeat(2_049) }, 'message must be at most 2048 characters'],
    [{ buttonText: 'x'.repeat(61) }, 'buttonText must be at most 60 characters'],
    [{ image: 'http://127.0.0.1/' }, expect.stringContaining('image: ')],
  ])('refuses %j and stores nothing', async (change, error) => {
    const answer = await start(change)
    expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
    expect(await messages()).toEqual([])
  })
})

describe('otp/check', () => {
  it('says the same of a wrong code and of an unknown phone', async () => {
    await start()
    const wrong = await check({ phone, code: 'no code at all' })
    const unknown = await check({ phone: '5511999999998', code: '123456' })
    for (const answer of [wrong, unknown])
      expect([answer.statusCode, answer.body]).toEqual([200, '{"valid":false}'])
  })

  it.each([
    [{ code: '123456' }, 'Invalid phone'],
    [{ phone }, 'code is required'],
    [{ phone, code: 123_456 }, 'code must be of type string'],
    [{ phone, code: '1'.repeat(65) }, 'code must be at most 64 characters'],
  ])('refuses %j, and counts no try', async (body, error) => {
    await start()
    const answer = await check(body)
    expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
    const rows = await stage.database.query.selectFrom('pending_code').select('tries').execute()
    expect(rows).toEqual([{ tries: 0 }])
  })

  it('writes no code and no phone into the log', async () => {
    await start()
    await check({ phone, code: '314159' })
    await check({ phone: 'x314159', code: '314159' })
    expect(stage.logged.join('')).not.toMatch(/314159|999999999/u)
  })
})

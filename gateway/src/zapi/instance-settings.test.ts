import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage } from '../../test/support/zapi-stage.js'
import { WhatsappRefusedError, WhatsappSilentError } from '../domain/errors.js'

const stage = await openZapiStage()
const { instance, profiles, sessions, clock } = stage
afterAll(() => stage[Symbol.asyncDispose]())

const connect = () => void sessions.connected.add(instance.id)
const disconnect = () => void sessions.connected.delete(instance.id)
const get = async (action: string) => {
  const { statusCode, body } = await stage.call('GET', action)
  return [statusCode, JSON.parse(body) as unknown] as const
}
const put = async (action: string, payload: object) => {
  const { statusCode, body } = await stage.put(action, payload)
  return [statusCode, JSON.parse(body) as unknown] as const
}
const notConnected = [400, { error: 'You are not connected.' }] as const
const done = [200, { value: true }] as const

const awayStatus = (error: string) => [200, { connected: false, error, smartphoneConnected: false }]
const batch = async (phones: unknown) => {
  const { statusCode, body } = await stage.call('POST', 'phone-exists-batch', {
    payload: { phones },
  })
  return [statusCode, JSON.parse(body) as unknown] as const
}
const by = (token: string, action: string, headers = {}) =>
  stage.app.inject({ url: `/instances/${instance.id}/token/${token}/${action}`, headers })

describe('without a connection', () => {
  it.each(['restart', 'restore-session', 'device', 'phone-exists/5511999999999'])(
    '%s says so',
    async (action) => {
      disconnect()
      expect(await get(action)).toEqual(notConnected)
    },
  )

  it('nothing is downloaded and nothing changed', async () => {
    disconnect()
    for (const action of ['profile-name', 'profile-picture', 'profile-description'])
      expect(await put(action, { value: 'https://example.com/a.png' })).toEqual(notConnected)
    expect(profiles).toMatchObject({ name: undefined, picture: undefined, about: undefined })
  })

  it('the status tells whether restoring would help', async () => {
    disconnect()
    expect(await get('status')).toEqual(awayStatus('You are not connected.'))
    sessions.replaced.add(instance.id)
    expect(await get('status')).toEqual(awayStatus('You need to restore the session.'))
    expect(await get('restore-session')).toEqual(done)
    expect((await get('status'))[1]).toMatchObject({ connected: true })
  })
})

describe('the profile', () => {
  it('gets the name and the text without blanks around, and the picture as a square', async () => {
    connect()
    expect(await put('profile-name', { value: '  Loja ' })).toEqual(done)
    expect(await put('profile-description', { value: 'Das 9 às 18 ' })).toEqual(done)
    expect(await put('profile-picture', { value: 'https://example.com/a.png' })).toEqual(done)
    expect(profiles).toMatchObject({ name: 'Loja', about: 'Das 9 às 18' })
    expect(await sharp(profiles.picture).metadata()).toMatchObject({ width: 640, height: 640 })
    expect(await put('profile-description', { value: '' })).toEqual(done)
    expect(profiles.about).toBe('')
  })

  it.each([
    ['profile-name', '', 'value'],
    ['profile-name', '  ', 'value must not be blank'],
    ['profile-name', 'x'.repeat(26), 'value'],
    ['update-name', '', 'value'],
    ['profile-description', 'x'.repeat(140), 'value'],
    ['profile-picture', 'http://127.0.0.1/a.png', 'value'],
    ['profile-picture', 'no image!', 'base64'],
    ['profile-picture', Buffer.from('text').toString('base64'), 'image'],
  ])('%s is not %j', async (action, value, named) => {
    connect()
    const [status, body] = await put(action, { value })
    expect([status, body]).toEqual([400, { error: expect.stringContaining(named) as string }])
  })

  it('is told as it is, and empty where nothing is known', async () => {
    connect()
    profiles.name = undefined
    profiles.about = 'Das 9 às 18'
    expect(await get('device')).toEqual([
      200,
      {
        phone: '5511988880001',
        imgUrl: '',
        about: 'Das 9 às 18',
        name: '',
        device: { sessionName: 'Loja', device_model: 'Recado' },
        originalDevice: 'iphone',
        sessionId: 7,
        isBusiness: false,
      },
    ])
  })

  it("tells WhatsApp's refusal from its silence", async () => {
    connect()
    profiles.failure = new WhatsappRefusedError('WhatsApp refused it (406).')
    expect(await put('profile-name', { value: 'Loja' })).toEqual([
      400,
      { error: 'WhatsApp refused it (406).' },
    ])
    profiles.failure = new WhatsappSilentError('WhatsApp did not answer in time. Try again.')
    expect((await get('device'))[0]).toBe(503)
    profiles.failure = undefined
  })
})

describe('me', () => {
  it('tells what was set, each by its own name', async () => {
    await stage.put('update-webhook-delivery', { value: 'https://example.com/delivery' })
    await stage.put('update-webhook-connected', { value: 'https://example.com/connected' })
    await stage.put('update-notify-sent-by-me', { notifySentByMe: true })
    await stage.put('update-call-reject-auto', { value: true })
    await stage.put('update-call-reject-message', { value: 'Escreva' })
    await stage.put('update-name', { value: ' Centro ' })
    await stage.put('update-button-form', { value: 'text' })
    await stage.put('update-late-sends', { value: 'accept' })
    await stage.put('update-code-times', { codeLifeSeconds: 300, undeliverableAfterSeconds: 10 })
    await stage.put('update-code-times', { undeliverableAfterSeconds: null })
    await stage.put('update-pacing', { minGapMs: 4_000, maxGapMs: 9_000 })
    await stage.put('update-retention', { keepMediaLinksDays: 14 })
    disconnect()
    expect(await get('me')).toEqual([
      200,
      {
        id: instance.id,
        token: stage.token,
        name: 'Centro',
        due: Date.UTC(2100, 0, 1),
        connected: false,
        paymentStatus: 'PAID',
        created: new Date(instance.createdAt).toISOString(),
        connectedCallbackUrl: 'https://example.com/connected',
        deliveryCallbackUrl: 'https://example.com/delivery',
        disconnectedCallbackUrl: '',
        messageStatusCallbackUrl: '',
        presenceChatCallbackUrl: '',
        receivedCallbackUrl: '',
        receiveCallbackSentByMe: true,
        callRejectAuto: true,
        callRejectMessage: 'Escreva',
        autoReadMessage: false,
        buttonForm: 'text',
        lateSends: 'accept',
        codeLifeSeconds: 300,
        undeliverableAfterSeconds: null,
        minGapMs: 4_000,
        maxGapMs: 9_000,
        keepMessagesDays: null,
        keepMediaLinksDays: 14,
        keepDirectoryDays: null,
        initialDataCallbackUrl: '',
        proxyUrl: '',
        useProxy: false,
      },
    ])
  })
})

describe('update-pacing', () => {
  it('takes both ends of the gap together, and null for both', async () => {
    expect(await put('update-pacing', { minGapMs: 2_000, maxGapMs: 2_000 })).toEqual([
      200,
      { value: true },
    ])
    expect((await get('me'))[1]).toMatchObject({ minGapMs: 2_000, maxGapMs: 2_000 })
    await put('update-pacing', { minGapMs: null, maxGapMs: null })
    expect((await get('me'))[1]).toMatchObject({ minGapMs: null, maxGapMs: null })
  })

  it.each([
    [{ minGapMs: 3_000, maxGapMs: 2_000 }, 'minGapMs must not be more than maxGapMs'],
    [
      { minGapMs: 3_000, maxGapMs: null },
      'minGapMs and maxGapMs must both be numbers, or both be null to take the values of the gateway',
    ],
    [{ minGapMs: 3_000 }, 'maxGapMs is required'],
    [{ minGapMs: 0, maxGapMs: 600_001 }, 'maxGapMs must be at most 600000'],
  ])('refuses %j', async (body, error) => {
    expect(await put('update-pacing', body)).toEqual([400, { error }])
    expect((await get('me'))[1]).toMatchObject({ minGapMs: null, maxGapMs: null })
  })
})

describe('update-retention', () => {
  it('changes what is named alone, and null takes it away', async () => {
    const days = { keepMessagesDays: 0, keepMediaLinksDays: 1, keepDirectoryDays: 3_650 }
    expect(await put('update-retention', days)).toEqual([200, { value: true }])
    expect((await get('me'))[1]).toMatchObject(days)
    await put('update-retention', { keepMessagesDays: null })
    expect((await get('me'))[1]).toMatchObject({ ...days, keepMessagesDays: null })
  })

  it.each([
    [{ keepMessagesDays: 366 }, 'keepMessagesDays must be at most 365'],
    [{ keepMediaLinksDays: 0 }, 'keepMediaLinksDays must be at least 1'],
    [{ keepDirectoryDays: 3_651 }, 'keepDirectoryDays must be at most 3650'],
    [{ keepMessagesDays: 1.5 }, 'keepMessagesDays must be of type integer or null'],
  ])('refuses %j', async (body, error) => {
    const before = await get('me')
    expect(await put('update-retention', body)).toEqual([400, { error }])
    expect(await get('me')).toEqual(before)
  })
})

describe('phone-exists', () => {
  it('answers one object with booleans, and null where there is no LID', async () => {
    connect()
    profiles.unknown.add('5511900000000')
    const phones = { phone: '5511900000000', inputPhone: '5511900000000' }
    expect(await get('phone-exists/5511900000000')).toEqual([
      200,
      { exists: false, ...phones, outputPhone: '5511900000000', lid: null },
    ])
    expect((await get('phone-exists/+55 (11) 99999-9999'.replaceAll(' ', '%20')))[1]).toMatchObject(
      { exists: true, inputPhone: '5511999999999', lid: '164354629388413@lid' },
    )
  })

  it('answers a list in its order, numbers as text or not', async () => {
    connect()
    const [status, found] = await batch(['5511999999999', 5511900000000])
    expect(status).toBe(200)
    expect(found).toMatchObject([
      { exists: true, inputPhone: '5511999999999' },
      { exists: false, inputPhone: '5511900000000', lid: null },
    ])
    expect(await batch([])).toEqual([200, []])
  })

  it('names what is no number, and takes no more than 50,000', async () => {
    connect()
    expect(await batch(['5511999999999', 'abc'])).toEqual([
      400,
      { error: 'phones[1] is no phone number' },
    ])
    expect((await batch('5511999999999'))[0]).toBe(400)
    expect((await batch(Array.from({ length: 50_001 }, () => '5511999999999')))[0]).toBe(400)
    expect((await get('phone-exists/abc'))[1]).toEqual({ error: 'Invalid phone' })
  })
})

describe('an extension token', () => {
  it('pairs without Client-Token for five minutes, and does nothing else', async () => {
    disconnect()
    const [, made] = await get('extension-token')
    const { token, expiresAt } = made as { token: string; expiresAt: number }
    expect(expiresAt).toBe(clock.now() + 300_000)
    for (const action of ['qr-code', 'qr-code/image', 'phone-code/5511999999999', 'status'])
      expect([action, (await by(token, action)).statusCode]).toEqual([action, 200])

    const asClient = { 'client-token': clientToken }
    for (const action of [
      'me',
      'device',
      'disconnect',
      'queue',
      'webhook-secret',
      'extension-token',
    ])
      expect([action, (await by(token, action, asClient)).statusCode]).toEqual([action, 404])

    await clock.advance(300_000)
    expect((await by(token, 'status')).statusCode).toBe(400)
    expect((await by(token, 'status', asClient)).statusCode).toBe(404)
  })

  it('of another instance is unknown', async () => {
    const other = await stage.instances.create({ name: 'Outra' })
    const url = `/instances/${other.instance.id}/token/${other.token}/extension-token`
    const made = await stage.app.inject({ url, headers: { 'client-token': clientToken } })
    expect((await by(made.json<{ token: string }>().token, 'status')).statusCode).toBe(400)
  })
})

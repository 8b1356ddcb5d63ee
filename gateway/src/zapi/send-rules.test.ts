/** The rules of a send that go beyond Z-API, over the real server. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { RequestInFlightError } from '../domain/errors.js'
import { createServer } from '../http/server.js'
import { silentLog } from '../runtime/telemetry.js'
import { answerZapiError } from './error-replies.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

const rows = () => stage.database.query.selectFrom('message').selectAll().execute()

const sendUnderKey = (key: string, change: object = {}) =>
  stage.call('POST', 'send-button-otp', {
    headers: { 'client-token': clientToken, 'idempotency-key': key },
    payload: { phone: '5511999999999', message: 'Seu código', code: '123456', ...change },
  })

describe('a send with an Idempotency-Key', () => {
  it('is answered the same when it comes again, and stored once', async () => {
    const first = await sendUnderKey('k')
    const again = await sendUnderKey('k', { phone: '+55 (11) 99999-9999', code: 123456 })
    expect([again.statusCode, again.body]).toEqual([200, first.body])
    expect(await rows()).toHaveLength(1)
  })

  it('is refused with 422 when it comes with anything else in it', async () => {
    await sendUnderKey('k')
    const changes = [
      { code: '123457' },
      { phone: '5511999999998' },
      { message: 'Outro' },
      { expiresIn: 60 },
    ]
    for (const change of changes) {
      const answer = await sendUnderKey('k', change)
      expect([answer.statusCode, answer.json()]).toEqual([
        422,
        { error: 'This Idempotency-Key was used for a request with other parameters.' },
      ])
    }
  })

  it('is stored once however many come at once', async () => {
    const answers = await Promise.all([sendUnderKey('k'), sendUnderKey('k'), sendUnderKey('k')])
    const stored = await rows()
    expect(stored).toHaveLength(1)
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 409))
      expect(answer.json()).toMatchObject({ zaapId: stored[0]?.id })
  })

  it('is refused with 409 while the first is worked on', async () => {
    await using server = createServer({ log: silentLog })
    await server.register(async (dialect) => {
      dialect.setErrorHandler(answerZapiError)
      dialect.get('/', async () => {
        throw new RequestInFlightError('Still being worked on.')
      })
    })
    const answer = await server.inject({ url: '/' })
    expect([answer.statusCode, answer.json()]).toEqual([409, { error: 'Still being worked on.' }])
  })

  it('needs a key that can be a key', async () => {
    for (const key of ['', 'x'.repeat(256)]) {
      const answer = await sendUnderKey(key)
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        { error: 'Idempotency-Key must be 1 to 255 printable ASCII characters' },
      ])
    }
  })

  it('writes neither key nor code into the log', async () => {
    await sendUnderKey('key-314159', { code: '314159' })
    await sendUnderKey('key-314159', { code: '271828' })
    expect(stage.logged.join('')).not.toMatch(/314159|271828/u)
  })
})

describe('a code too many for one phone', () => {
  it('is refused with 429 and the time to wait, in whole seconds', async () => {
    await using limited = await openZapiStage({ codeLimits: { per10Minutes: 1, perDay: 0 } })
    expect((await limited.send()).statusCode).toBe(200)
    const answer = await limited.send({ phone: '551199999999' })
    expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toEqual([
      429,
      '600',
      { error: 'Too many codes for this phone. The next one may go in 600 seconds.' },
    ])
    expect((await limited.send({ phone: '5511999999998' })).statusCode).toBe(200)
  })
})

describe('an instance that may start no conversation', () => {
  const until = '2026-01-01T01:00:00.000Z'
  const stranger = { kind: 'person', phone: '5511999999999' } as const

  beforeEach(() =>
    stage.database.transaction((transaction) =>
      stage.restrictions.refused(
        { instanceId: stage.instance.id, recipient: stranger },
        { kind: 'locked', until: Date.parse(until) },
        transaction,
      ),
    ),
  )

  it('refuses strangers with 403 and the time until it lifts', async () => {
    const answer = await stage.send()
    expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toEqual([
      403,
      '3600',
      {
        error: `WhatsApp does not let this number start new conversations until ${until}. Let the recipient write first, or send it again after that.`,
      },
    ])
    expect(await rows()).toEqual([])
  })

  it('sends to groups and to people that it knows', async () => {
    await stage.database.transaction((transaction) =>
      stage.restrictions.met(stage.instance.id, stranger, transaction),
    )
    expect((await stage.send()).statusCode).toBe(200)
    expect((await stage.send({ phone: '120363019502650977-group' })).statusCode).toBe(200)
  })

  it('says so in its status', async () => {
    const answer = await stage.call('GET', 'status')
    expect(answer.json()).toMatchObject({ connected: false, restrictedUntil: Date.parse(until) })
  })
})

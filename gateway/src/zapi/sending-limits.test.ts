/** The limits of a number and of a pool, as a caller sets and reads them. */

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const off = {
  dailyMessages: 0,
  dailyNewPeople: 0,
  warmUp: false,
  quietFrom: '',
  quietTo: '',
  timeZone: 'UTC',
  limitCodes: false,
}
const put = async (payload: object) => {
  const answer = await stage.put('update-sending-limits', payload)
  return [answer.statusCode, answer.json()]
}
const limits = async () => (await stage.call('GET', 'sending-limits')).json()
const text = (n: number) =>
  stage.call('POST', 'send-text', {
    payload: { phone: String(5_511_999_990_000 + n), message: 'Oi' },
  })
const done = [200, { value: true }]

beforeEach(() => put({ preset: 'off', timeZone: 'UTC' }))

describe('limits', () => {
  it('are off unless they are chosen', async () => {
    expect(await limits()).toMatchObject({
      ...off,
      today: { messages: 0, mostMessages: null, newPeople: 0, warmUpDay: null },
    })
  })

  it('have values that we recommend, and keep what is not named', async () => {
    expect(await put({ preset: 'recommended', timeZone: 'America/Sao_Paulo' })).toEqual(done)
    const recommended = {
      dailyMessages: 1_000,
      dailyNewPeople: 50,
      warmUp: true,
      quietFrom: '21:00',
      quietTo: '08:00',
      timeZone: 'America/Sao_Paulo',
    }
    expect(await limits()).toMatchObject({
      ...recommended,
      today: { mostMessages: 20, warmUpDay: 1 },
    })
    expect(await put({ dailyMessages: 5, quietFrom: '', quietTo: '' })).toEqual(done)
    expect(await limits()).toMatchObject({
      ...recommended,
      dailyMessages: 5,
      quietFrom: '',
      quietTo: '',
      today: { mostMessages: 5 },
    })
  })

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone must be a name of the IANA database'],
    [{ quietFrom: '22:00' }, 'quietFrom and quietTo must both be given'],
    [{ quietFrom: '22:00', quietTo: '22:00' }, 'quietTo must be another time than quietFrom'],
    [{ quietFrom: '25:00', quietTo: '22:00' }, 'quietFrom must'],
    [{ dailyMessages: -1 }, 'dailyMessages must'],
    [{ preset: 'some' }, 'preset must be one of off, recommended'],
  ])('are refused as %j, with what is wrong', async (body, error) => {
    expect(await put(body)).toEqual([400, { error: expect.stringContaining(error) }])
    expect(await limits()).toMatchObject(off)
  })

  it('say in the queue what they hold, and until when', async () => {
    stage.sessions.connected.add(stage.instance.id)
    await put({ dailyMessages: 1 })
    await text(1)
    await stage.database.query
      .updateTable('message')
      .set({ counted_at: stage.clock.now(), status: 'sent' })
      .execute()
    await text(2)
    const { today } = await limits()
    expect(today).toMatchObject({ messages: 1, mostMessages: 1 })
    expect((await stage.call('GET', 'queue')).json()).toMatchObject({
      messages: [{ HeldBy: 'daily-messages', ExpectedAt: today.endsAt }],
    })
    const code = await stage.call('POST', 'send-button-otp', {
      payload: { phone: '5511999990009', message: 'Código', code: '123456' },
    })
    expect(code.statusCode).toBe(200)
    const { normal, high } = (await stage.call('GET', 'queue/forecast')).json()
    expect(normal).toBe((today.endsAt - stage.clock.now()) / 1_000 + 24 * 3_600)
    // The gap after the code.
    expect(high).toBe(2)
  })
})

describe('of a pool', () => {
  it('are for what is sent for it: a warm-up is for numbers alone', async () => {
    const made = await stage.app.inject({
      method: 'POST',
      url: '/instances/integrator/pools',
      headers: { authorization: `Bearer ${partnerToken}` },
      payload: { name: 'Logins' },
    })
    const { id, token } = made.json()
    const inPool = async (method: 'GET' | 'PUT', action: string, payload?: object) =>
      stage.app.inject({
        method,
        url: `/instances/${id}/token/${token}/${action}`,
        headers: { 'client-token': clientToken },
        ...(payload && { payload }),
      })
    const refused = await inPool('PUT', 'update-sending-limits', { warmUp: true })
    expect([refused.statusCode, refused.json().error]).toEqual([
      400,
      expect.stringContaining('warmUp must be false for a pool'),
    ])
    await inPool('PUT', 'update-sending-limits', { preset: 'recommended' })
    expect((await inPool('GET', 'sending-limits')).json()).toMatchObject({
      dailyMessages: 1_000,
      warmUp: false,
    })
  })
})

/** The limits of a number and of a pool, as a caller sets and reads them. */

import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { clientToken, openZapiStage, partnerToken } from '../../test/support/zapi-stage.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const off = {
  dailyMessages: 0,
  dailyNewPeople: 0,
  warmUp: null,
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
      today: { mostMessages: 20, mostFrom: 'warm-up', warmUpDay: 1, warmUpPool: null },
    })
    expect(await put({ dailyMessages: 5, quietFrom: '', quietTo: '' })).toEqual(done)
    expect(await limits()).toMatchObject({
      ...recommended,
      dailyMessages: 5,
      quietFrom: '',
      quietTo: '',
      today: { mostMessages: 5, mostFrom: 'daily-messages' },
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

describe('a warm-up of a pool', () => {
  it('counts for members that have not chosen, and says where their limit comes from', async () => {
    const asPartner = (method: 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
      stage.app.inject({
        method,
        url: `/instances/integrator/pools${path}`,
        headers: { authorization: `Bearer ${partnerToken}` },
        ...(payload && { payload }),
      })
    const { id, token } = (await asPartner('POST', '', { name: 'Logins' })).json()
    const inPool = async (method: 'GET' | 'PUT', action: string, payload?: object) =>
      (
        await stage.app.inject({
          method,
          url: `/instances/${id}/token/${token}/${action}`,
          headers: { 'client-token': clientToken },
          ...(payload && { payload }),
        })
      ).json()
    const given = { preset: 'recommended', timeZone: 'America/Sao_Paulo' }
    expect(await inPool('PUT', 'update-sending-limits', given)).toEqual({ value: true })
    // The pool has no number whose days could be counted.
    expect(await inPool('GET', 'sending-limits')).toMatchObject({
      warmUp: true,
      today: { mostMessages: 1_000, mostFrom: 'daily-messages', warmUpDay: null, warmUpPool: null },
    })
    const { today: before } = await limits()
    expect(before).toMatchObject({ mostMessages: null, mostFrom: null, warmUpPool: null })

    await asPartner('PUT', `/${id}/members/${stage.instance.id}`, { weight: 1 })
    const fromPool = { mostMessages: 20, mostFrom: 'pool-warm-up', warmUpDay: 1, warmUpPool: id }
    expect(await limits()).toMatchObject({
      ...off,
      timeZone: 'America/Sao_Paulo',
      today: fromPool,
    })
    const members = await stage.app.inject({
      url: `/instances/integrator/pools/${id}`,
      headers: { authorization: `Bearer ${partnerToken}` },
    })
    expect(members.json().members).toMatchObject([{ today: fromPool }])

    // Its own value wins, and null gives the choice back.
    const none = { mostMessages: null, mostFrom: null, warmUpDay: null, warmUpPool: null }
    expect(await put({ warmUp: false })).toEqual(done)
    expect(await limits()).toMatchObject({ warmUp: false, today: none })
    expect(await put({ warmUp: true })).toEqual(done)
    const own = { mostMessages: 20, mostFrom: 'warm-up', warmUpDay: 1, warmUpPool: null }
    expect(await limits()).toMatchObject({ warmUp: true, today: own })
    expect(await put({ warmUp: null })).toEqual(done)
    expect(await limits()).toMatchObject({ warmUp: null, today: fromPool })

    // Read before, so that what was kept of it is forgotten: it leaves the pool, and joins one that is deleted.
    await asPartner('DELETE', `/${id}/members/${stage.instance.id}`)
    expect((await limits()).today).toMatchObject(none)
    await asPartner('PUT', `/${id}/members/${stage.instance.id}`, { weight: 1 })
    expect((await limits()).today).toMatchObject(fromPool)
    await asPartner('DELETE', `/${id}`)
    expect((await limits()).today).toMatchObject(none)
  })
})

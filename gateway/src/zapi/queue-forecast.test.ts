/** How long a new message would wait, and what would come too late: as a caller sees it. */

import { afterAll, expect, it } from 'vitest'
import { openZapiStage } from '../../test/support/zapi-stage.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const forecast = async () => (await stage.call('GET', 'queue/forecast')).json()
const text = (n: number, more: object = {}) =>
  stage.call('POST', 'send-text', {
    payload: { phone: String(5_511_999_990_000 + n), message: 'Oi', ...more },
  })

it('tells nothing while the instance is disconnected, but what waits', async () => {
  await text(1)
  await text(2, { priority: 'low' })
  await text(3, { priority: 'high' })
  expect(await forecast()).toEqual({
    connected: false,
    high: null,
    normal: null,
    low: null,
    waiting: { high: 1, normal: 1, low: 1 },
  })
})

it('tells the seconds that a code, a text and a low message would wait', async () => {
  stage.sessions.connected.add(stage.instance.id)
  expect(await forecast()).toMatchObject({ connected: true, high: 2, normal: 4, low: 6 })
})

it('refuses a priority that there is not', async () => {
  const answer = await text(4, { priority: 'urgent' })
  expect([answer.statusCode, answer.json()]).toEqual([
    400,
    { error: 'priority must be one of high, normal, low' },
  ])
})

it('refuses what would expire first with Retry-After, unless it is set to be accepted', async () => {
  for (let n = 10; n < 30; n += 1) await text(n, { priority: 'high' })
  const refused = await text(5, { expiresIn: 30 })
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '14'])
  expect(refused.json().error).toContain('would expire before it leaves')
  await stage.call('PUT', 'update-late-sends', { payload: { value: 'accept' } })
  const accepted = await text(5, { expiresIn: 30 })
  expect(accepted.statusCode).toBe(200)
  expect(accepted.json()).toMatchObject({ lateAt: expect.any(Number), zaapId: expect.any(String) })
})

/** A code that no number can send is told within its life, so that its caller can take another way. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start({ settings: { RECADO_UNDELIVERABLE_AFTER_SECONDS: '1' } })
})

afterAll(() => journey[Symbol.asyncDispose]())

test('its caller is told once, before it expires, and it still arrives when the number is there', async () => {
  const instance = await journey.newInstance()
  const person = await journey.newPhone()
  const code = journey.newCode()
  const body = { phone: person.phone, message: `Código ${code}`, code, expiresIn: 3_600 }
  const { zaapId, messageId } = await journey.sendOtp(instance, body)
  const isIt = (callback: Readonly<Record<string, unknown>>) =>
    callback['type'] === 'UndeliverableCallback' && callback['zaapId'] === zaapId
  const told = await journey.callbacks.next(({ body: callback }) => isIt(callback))
  expect(told.body).toMatchObject({ messageId, phone: person.phone, mayHaveArrived: false })
  expect(Number(told.body['momment'])).toBeGreaterThanOrEqual(
    Number(told.body['acceptedAt']) + 1_000,
  )
  expect(Number(told.body['momment'])).toBeLessThan(Number(told.body['expiresAt']))
  expect(JSON.stringify(told.body)).not.toContain(code)

  await pair(journey.client, instance, await journey.newPhone())
  await shown(person, messageId)
  expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
  expect(journey.callbacks.received.filter(({ body: callback }) => isIt(callback))).toHaveLength(1)
})

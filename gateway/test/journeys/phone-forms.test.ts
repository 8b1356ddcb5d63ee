/** Numbers that WhatsApp knows in another form than the caller wrote. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

test.each([
  ['525512340001', '5215512340001'],
  ['5215512340002', '525512340002'],
  ['541123450001', '5491123450001'],
  ['5491123450002', '541123450002'],
  ['5511988770001', '00 55 (011) 98877-0001'],
  ['33612340001', '+33 (0)6 12 34 00 01'],
])('the phone of %s gets a code that was sent to %s', async (registered, written) => {
  const person = await journey.simulator.addPhone({ phone: registered })
  const { messageId, zaapId } = await journey.sendOtp(instance, {
    phone: written,
    message: 'Seu código',
    code: journey.newCode(),
  })
  expect((await shown(person, messageId)).buttons).toHaveLength(1)
  expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
})

/** The name that a number shows, when other devices of the number write at the same moment. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { writesFirst } from '../support/faster-device.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let phone: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const setName = (value: string) =>
  journey.client.onInstance(instance, 'PUT', 'profile-name', { value })
const done = { value: true }

test('a name that is set right after the linking waits until the phone has shared its keys', async () => {
  expect(await setName('Primeira')).toEqual(done)
  await expect.poll(() => phone.name).toBe('Primeira')
})

test('a name is written over the one that another device was faster to write', async () => {
  const isFirst = await writesFirst(journey.simulator, phone, { pushNameSetting: 'De outro' })
  expect(await setName('Por último')).toEqual(done)
  expect(isFirst()).toBe(true)
  await expect.poll(() => phone.name).toBe('Por último')
})

test('the name after it reaches the phone too', async () => {
  expect(await setName('Mais uma')).toEqual(done)
  await expect.poll(() => phone.name).toBe('Mais uma')
})

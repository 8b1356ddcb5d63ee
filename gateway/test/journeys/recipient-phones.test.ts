/** A recipient whose devices are not those that the gateway remembers. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { arrivedFrom, codeOn } from '../support/codes.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

/** The device is gone, and no notification said so. */
function loseInSilence(phone: Phone, device: number): void {
  journey.simulator.network.byPhone(phone.phone)?.devices.delete(device)
}

describe('a recipient who changed phone', () => {
  test.each([true, false])(
    'gets the code on the new one, told of its keys: %s',
    async (announced) => {
      const before = await journey.newPhone()
      expect(await codeOn(before, journey, instance)).toMatchObject(arrivedFrom(own.phone))
      const after = await journey.simulator.changePhone(before.phone, { announced })
      expect(await codeOn(after, journey, instance)).toMatchObject(arrivedFrom(own.phone))
      expect(await codeOn(after, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    },
  )
})

describe('a recipient who removed a companion', () => {
  test('gets the code on the phone, and on a companion that came after it', async () => {
    const person = await journey.newPhone()
    const first = await journey.companionOf(person)
    await first.received((await codeOn(person, journey, instance)).messageId)
    await person.unlink(1)
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    const second = await journey.companionOf(person)
    const { messageId } = await codeOn(person, journey, instance)
    expect((await second.received(messageId)).key.id).toBe(messageId)
  })

  test('in silence, before anything was sent to it, gets the code all the same', async () => {
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    await journey.companionOf(person)
    loseInSilence(person, 1)
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
  })
})

describe('a companion of the own number', () => {
  test('that was removed holds no code up, told or in silence', async () => {
    const person = await journey.newPhone()
    await journey.companionOf(own)
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    await own.unlink(2)
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    await journey.companionOf(own)
    loseInSilence(own, 3)
    const other = await journey.newPhone()
    expect(await codeOn(other, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
  })
})

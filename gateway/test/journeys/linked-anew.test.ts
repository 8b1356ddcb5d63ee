/** A number that was unlinked and linked again: nothing of the earlier link may stand in a message's way. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { arrivedFrom, codeOn } from '../support/codes.js'
import { Journey } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

function disconnected(instance: SandboxInstance) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'DisconnectedCallback' && body['instanceId'] === instance.id,
  )
}

/** As its owner does it, or as the caller does it. */
const endings: Record<string, (instance: SandboxInstance, phone: Phone) => Promise<unknown>> = {
  'on the phone': async (_, phone) => {
    for (const { device } of phone.linkedDevices()) await phone.unlink(device)
  },
  'by its caller': (instance) => journey.client.onInstance(instance, 'GET', 'disconnect'),
}

describe.each(Object.entries(endings))('unlinked %s', (_, unlink) => {
  test('and linked to the same phone, an instance sends to whom it knew and to others', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const [known, other] = [await journey.newPhone(), await journey.newPhone()]
    const arrived = arrivedFrom(phone.phone)
    expect(await codeOn(known, journey, instance)).toMatchObject(arrived)
    const gone = disconnected(instance)
    await unlink(instance, phone)
    await gone
    await pair(journey.client, instance, phone)
    expect(await codeOn(known, journey, instance)).toMatchObject(arrived)
    expect(await codeOn(other, journey, instance)).toMatchObject(arrived)
  })

  test('and linked to another phone, an instance sends from its number', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject({ from: phone.phone })
    const gone = disconnected(instance)
    await unlink(instance, phone)
    await gone
    const another = await journey.newPhone()
    await pair(journey.client, instance, another)
    const arrived = arrivedFrom(another.phone)
    expect(await codeOn(person, journey, instance)).toMatchObject(arrived)
    expect(await codeOn(phone, journey, instance)).toMatchObject(arrived)
  })
})

test('an owner who changes phone links the instance to the new one, and codes go on', async () => {
  const { instance, phone } = await journey.pairedInstance()
  const person = await journey.newPhone()
  expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  const gone = disconnected(instance)
  const newPhone = await journey.simulator.changePhone(phone.phone)
  await gone
  await pair(journey.client, instance, newPhone)
  expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  expect(await codeOn(newPhone, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
})

/** A number that was unlinked and linked again: nothing of the earlier link may stand in a message's way. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

/** What the person's phone shows of a code that was sent to them, and who sent it. */
async function codeOn(person: Phone, instance: SandboxInstance) {
  const { messageId, zaapId } = await journey.sendOtp(instance, {
    phone: person.phone,
    message: 'Seu código',
    code: journey.newCode(),
  })
  const { buttons, from } = await shown(person, messageId)
  const { error } = (await journey.delivery(zaapId)).body
  return { buttons: buttons.length, from, error }
}

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
    const arrived = { buttons: 1, from: phone.phone, error: undefined }
    expect(await codeOn(known, instance)).toEqual(arrived)
    const gone = disconnected(instance)
    await unlink(instance, phone)
    await gone
    await pair(journey.client, instance, phone)
    expect(await codeOn(known, instance)).toEqual(arrived)
    expect(await codeOn(other, instance)).toEqual(arrived)
  })

  test('and linked to another phone, an instance sends from its number', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    expect(await codeOn(person, instance)).toMatchObject({ from: phone.phone })
    const gone = disconnected(instance)
    await unlink(instance, phone)
    await gone
    const another = await journey.newPhone()
    await pair(journey.client, instance, another)
    const arrived = { buttons: 1, from: another.phone, error: undefined }
    expect(await codeOn(person, instance)).toEqual(arrived)
    expect(await codeOn(phone, instance)).toEqual(arrived)
  })
})

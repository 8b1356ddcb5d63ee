/** A message and the many devices of one person: companions, and devices that could not decrypt it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

describe('a copy-code message', () => {
  test('arrives on the phone and on each of its companions, also on one linked later', async () => {
    const person = await journey.newPhone()
    const first = await journey.companionOf(person)
    const one = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Um',
      code: journey.newCode(),
    })
    await shown(person, one.messageId)
    await first.received(one.messageId)

    const second = await journey.companionOf(person)
    const two = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Dois',
      code: journey.newCode(),
    })
    await shown(person, two.messageId)
    for (const companion of [first, second]) {
      const { message } = await companion.received(two.messageId)
      expect(message?.interactiveMessage?.nativeFlowMessage?.buttons).toHaveLength(1)
    }
  })

  test('keeps its button when the phone asks for it again', async () => {
    const person = await journey.newPhone()
    await journey.setFaults({ decryption: [{ phone: person.phone, times: 1 }] })
    const code = journey.newCode()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'De novo, por favor',
      code,
    })
    const message = await shown(person, messageId)
    expect(message.buttons).toEqual([{ kind: 'copy', text: 'Copiar código', code }])
    expect(message.shows).toMatchObject({ android: true, ios: true, web: true })
    // The rule was used up, so the phone really did fail the first time.
    expect(journey.simulator.faults.state.decryption).toEqual([])
  })

  test('can be asked for again after the gateway was restarted', async () => {
    const own = await Journey.start()
    const { instance: ownInstance } = await own.pairedInstance()
    const person = await own.newPhone()
    person.goOffline()
    const { messageId } = await own.sendOtp(ownInstance, {
      phone: person.phone,
      message: 'Depois do reinício',
      code: own.newCode(),
    })
    await own.status(messageId, 'SENT')
    await own.killGateway()
    await own.restartGateway()
    await own.setFaults({ decryption: [{ phone: person.phone, times: 1 }] })
    await person.comeOnline()
    expect((await shown(person, messageId)).shows).toMatchObject({ web: true })
    await own[Symbol.asyncDispose]()
  })
})

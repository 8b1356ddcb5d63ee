/** An OTP to everyone who can be written to, and to one who cannot. */

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

const showsEverywhere = { android: true, ios: true, web: true }

describe('the recipients of a copy-code message', () => {
  test('reaches every member of a group', async () => {
    const { instance: own, phone: sender } = await journey.pairedInstance()
    const members = await Promise.all([journey.newPhone(), journey.newPhone()])
    const group = journey.simulator.addGroup({
      subject: 'Equipe',
      members: [sender.phone, ...members.map((member) => member.phone)],
    })
    const code = journey.newCode()
    const { messageId, zaapId } = await journey.sendOtp(own, {
      phone: `${group.id.replace('@g.us', '')}-group`,
      message: 'Para todos',
      code,
    })
    for (const member of members) {
      const message = await shown(member, messageId)
      expect(message.buttons).toEqual([{ kind: 'copy', text: 'Copiar código', code }])
      expect(message.shows).toMatchObject(showsEverywhere)
    }
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    const status = await journey.status(messageId, 'RECEIVED')
    expect(status.body).toMatchObject({
      isGroup: true,
      phone: `${group.id.replace('@g.us', '')}-group`,
    })
    expect(status.body).toHaveProperty('participant')
  })

  test('reaches a person by LID', async () => {
    const person = await journey.newPhone()
    const { messageId } = await journey.sendOtp(instance, {
      phone: `${person.lid.replace(/[:@].*/, '')}@lid`,
      message: 'Por LID',
      code: journey.newCode(),
    })
    expect((await shown(person, messageId)).shows).toMatchObject(showsEverywhere)
  })

  test('reaches a Brazilian number that WhatsApp knows without its ninth digit', async () => {
    const person = await journey.newPhone({ phone: '553188887777' })
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: '5531988887777',
      message: 'Sem o nono dígito',
      code: journey.newCode(),
    })
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).toMatchObject({ phone: '5531988887777' })
  })

  test('ends in an error callback when the number is not on WhatsApp', async () => {
    const { zaapId } = await journey.sendOtp(instance, {
      phone: '5511900000000',
      message: 'Ninguém',
      code: journey.newCode(),
    })
    expect((await journey.delivery(zaapId)).body['error']).toEqual(expect.any(String))
  })

  test('waits at WhatsApp for a phone that is offline', async () => {
    const person = await journey.newPhone()
    person.goOffline()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Para depois',
      code: journey.newCode(),
    })
    await journey.status(messageId, 'SENT')
    expect(person.messages).toHaveLength(0)
    await person.comeOnline()
    await shown(person, messageId)
    await journey.status(messageId, 'RECEIVED')
  })
})

/** What becomes of a message when WhatsApp refuses it, is silent, or the link breaks. */

import type { Phone } from '@recado/simulator'
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

describe('a message that WhatsApp refuses', () => {
  test.each([405, 473, 479])(
    'with %i arrives as plain text under a new id, and says so',
    async (code) => {
      const person = await journey.newPhone()
      await journey.setFaults({ acks: [{ kind: 'error', code, to: person.phone, times: 1 }] })
      const otp = journey.newCode()
      const { messageId, zaapId } = await journey.sendOtp(instance, {
        phone: person.phone,
        message: 'Seu código',
        code: otp,
      })
      const message = await person.nextMessage(() => true)
      expect(message.id).not.toBe(messageId)
      expect(message.text.split('\n')).toContain(otp)
      expect(message.text).toContain('Seu código')
      expect(message.buttons).toEqual([])

      const { body } = await journey.delivery(zaapId)
      expect(body).toMatchObject({
        messageId: message.id,
        fallback: { code, reason: expect.any(String) as string, refusedMessageId: messageId },
      })
      expect(body).not.toHaveProperty('error')
    },
  )

  test('with 463 ends in an error and is not tried again', async () => {
    const person = await journey.newPhone()
    await journey.setFaults({ acks: [{ kind: 'error', code: 463, to: person.phone }] })
    let written = 0
    const count = (): void => {
      written += 1
    }
    journey.simulator.network.on('stanza', count)
    const { zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Desconhecido',
      code: journey.newCode(),
    })
    const { body } = await journey.delivery(zaapId)
    expect(body).toMatchObject({ error: expect.stringContaining('463') as string })
    journey.simulator.network.off('stanza', count)
    expect(written).toBe(1)
    expect(person.messages).toHaveLength(0)
    await journey.setFaults({ acks: [] })
  })

  test('with 463 because of its contact bars no other recipient, and because of the number all strangers', async () => {
    const { instance: own, phone } = await journey.pairedInstance()
    const [known, contact, stranger] = [
      await journey.newPhone(),
      await journey.newPhone(),
      await journey.newPhone(),
    ]
    const send = (to: Phone) =>
      journey.sendOtp(own, { phone: to.phone, message: 'Oi', code: journey.newCode() })
    await journey.setFaults({ acks: [{ kind: 'error', code: 463, to: contact.phone }] })
    await journey.delivery((await send(contact)).zaapId)
    const { messageId } = await send(known)
    await journey.callbacks.next(
      ({ body }) => body['status'] === 'RECEIVED' && [body['ids']].flat().includes(messageId),
    )

    const until = Math.ceil(Date.now() / 1_000) + 3_600
    await journey.setFaults({ newChatLocks: [{ phone: phone.phone, until }] })
    await journey.delivery((await send(contact)).zaapId)
    await expect(send(stranger)).rejects.toThrow(/403/u)
    await shown(known, (await send(known)).messageId)
    expect(await journey.client.onInstance(own, 'GET', 'status')).toMatchObject({
      connected: true,
      restrictedUntil: until * 1_000,
    })
    await journey.setFaults({ acks: [], newChatLocks: [] })
  })
})

describe('a message that WhatsApp does not confirm', () => {
  test('in time but late counts as sent, and shows once', async () => {
    const person = await journey.newPhone()
    await journey.setFaults({
      acks: [{ kind: 'late', delayMs: 3_000, to: person.phone, times: 1 }],
    })
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Confirmada tarde',
      code: journey.newCode(),
    })
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    expect(person.duplicatesDropped).toBe(0)
  })

  test('at all is sent again under the same id after a new connection, and shows once', async () => {
    const { instance: own, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const written: string[] = []
    journey.simulator.network.on('stanza', ({ from, stanza }) => {
      if (from.account.phone === phone.phone) written.push(stanza.attrs['id'] ?? '')
    })
    // A receipt of either phone would confirm the message too; only silence leaves it unknown.
    person.goOffline()
    phone.goOffline()
    await journey.setFaults({ acks: [{ kind: 'missing', from: phone.phone, times: 1 }] })
    const { messageId, zaapId } = await journey.sendOtp(own, {
      phone: person.phone,
      message: 'Sem confirmação',
      code: journey.newCode(),
    })
    expect((await journey.delivery(zaapId)).body).toMatchObject({ messageId })
    expect(written).toEqual([messageId, messageId])
    await person.comeOnline()
    await shown(person, messageId)
    expect(person.messages.map(({ id }) => id)).toEqual([messageId])
  })
})

describe('an instance whose link breaks', () => {
  test.each(['drop', 'freeze'] as const)(
    'by a %s sends what was accepted meanwhile, once',
    async (action) => {
      const { instance: own, phone } = await journey.pairedInstance()
      const person = await journey.newPhone()
      await journey.setFaults({ connections: [{ phone: phone.phone, action }] })
      const { messageId, zaapId } = await journey.sendOtp(own, {
        phone: person.phone,
        message: 'Durante a queda',
        code: journey.newCode(),
      })
      await shown(person, messageId)
      expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
      expect(person.messages.filter(({ id }) => id === messageId)).toHaveLength(1)
    },
  )

  test('by 503 at the next login comes back by itself', async () => {
    const { instance: own, phone } = await journey.pairedInstance()
    await journey.setFaults({ logins: [{ code: 503, phone: phone.phone, times: 1 }] })
    await journey.setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
    const person = await journey.newPhone()
    const { messageId } = await journey.sendOtp(own, {
      phone: person.phone,
      message: 'Depois do 503',
      code: journey.newCode(),
    })
    expect((await shown(person, messageId)).buttons).toHaveLength(1)
  })

  test('because another program took its place stays down and says why', async () => {
    const { instance: own, phone } = await journey.pairedInstance()
    await journey.setFaults({ connections: [{ phone: phone.phone, action: 'replace' }] })
    const { body } = await journey.callbacks.next(
      ({ body: { type, instanceId } }) => type === 'DisconnectedCallback' && instanceId === own.id,
    )
    expect(body['error']).toEqual(expect.any(String))
    expect(await journey.client.isConnected(own)).toBe(false)
  })
})

/** An account that WhatsApp has not moved to LIDs can write to numbers only; one that it has moved, to LIDs. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let phone: Phone
const written: string[] = []

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone } = await journey.pairedInstance())
  journey.simulator.network.on('stanza', ({ stanza }) => {
    written.push(stanza.attrs['to']?.replace(/^.*@/u, '') ?? '')
  })
})

afterAll(() => journey[Symbol.asyncDispose]())

const send = (to: string) =>
  journey.sendOtp(instance, { phone: to, message: 'Oi', code: journey.newCode() })

test('a code that is refused under the LID arrives under the same id by number, and the next goes there at once', async () => {
  await journey.setFaults({ unmoved: [phone.phone] })
  const [person, other] = [await journey.newPhone(), await journey.newPhone()]
  const { messageId, zaapId } = await send(person.phone)
  expect((await shown(person, messageId)).buttons).toHaveLength(1)
  expect((await journey.delivery(zaapId)).body).toMatchObject({ messageId })
  expect(written).toEqual(['lid', 's.whatsapp.net'])
  expect(person.messages).toHaveLength(1)

  const second = await send(other.phone)
  expect((await shown(other, second.messageId)).buttons).toHaveLength(1)
  await journey.status(second.messageId, 'RECEIVED')
  expect(written).toEqual(['lid', 's.whatsapp.net', 's.whatsapp.net'])
})

test('a LID that the caller names is written to by its number', async () => {
  const person = await journey.newPhone()
  await shown(person, (await send(person.phone)).messageId)
  const { messageId } = await send(`${person.lid.replace(/[:@].*/u, '')}@lid`)
  await shown(person, messageId)
  expect(written.at(-1)).toBe('s.whatsapp.net')
})

test('a restart forgets it and learns it again, without a second copy', async () => {
  await journey.killGateway()
  await journey.restartGateway()
  const person = await journey.newPhone()
  const { messageId } = await send(person.phone)
  await shown(person, messageId)
  await journey.status(messageId, 'RECEIVED')
  expect(written.slice(-2)).toEqual(['lid', 's.whatsapp.net'])
  expect(person.messages).toHaveLength(1)
})

test('a 400 that has another cause ends in a callback after one try by number', async () => {
  await journey.setFaults({ unmoved: [] })
  const { instance: own } = await journey.pairedInstance()
  const person = await journey.newPhone()
  await journey.setFaults({ acks: [{ kind: 'error', code: 400, to: person.phone }] })
  const before = written.length
  const { zaapId } = await journey.sendOtp(own, { phone: person.phone, message: 'Oi', code: 'X1' })
  const error: unknown = expect.stringContaining('400')
  expect((await journey.delivery(zaapId)).body).toMatchObject({ error })
  expect(written.slice(before)).toEqual(['lid', 's.whatsapp.net'])
})

test('an account that is moved writes to a number under its LID', async () => {
  const { instance: own, phone: ownPhone } = await journey.pairedInstance()
  await journey.setFaults({ acks: [], moved: [ownPhone.phone] })
  const person = await journey.newPhone()
  const code = journey.newCode()
  const { messageId } = await journey.sendOtp(own, { phone: person.phone, message: 'Oi', code })
  await shown(person, messageId)
  expect(written.at(-1)).toBe('lid')
})

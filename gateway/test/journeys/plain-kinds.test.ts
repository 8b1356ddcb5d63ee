/** Messages without a file: a place, cards of contacts, a poll, an event. */

import type { PhoneMessage } from '@recado/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

const place = {
  title: 'Loja',
  address: 'Rua A, 1',
  latitude: '-23.0696347',
  longitude: '-50.4357913',
}
const contacts = [
  { name: 'Ana', phones: ['5511999990000', '5511999990001'] },
  { name: 'Bar', phones: ['5511999990002'], businessDescription: 'Pão' },
]
const poll = { message: 'Quando?', poll: [{ name: 'Manhã' }, { name: 'Tarde' }] }
const event = {
  name: 'Festa',
  description: 'Traga bolo',
  dateTime: '2026-12-18T19:00:00-03:00',
  location: { name: 'Casa' },
  callLinkType: 'voice',
}

const kinds: readonly (readonly [string, object, object])[] = [
  ['send-location', place, { locationMessage: { name: 'Loja', address: 'Rua A, 1' } }],
  [
    'send-contact',
    { contactName: 'Ana', contactPhone: '5511999990000' },
    {
      contactMessage: { displayName: 'Ana', vcard: expect.stringContaining('waid=5511999990000') },
    },
  ],
  [
    'send-contacts',
    { contacts },
    { contactsArrayMessage: { contacts: [{ displayName: 'Ana' }, { displayName: 'Bar' }] } },
  ],
  ['send-poll', poll, { pollCreationMessage: { name: 'Quando?' } }],
  [
    'send-event',
    { event },
    {
      eventMessage: {
        name: 'Festa',
        description: 'Traga bolo',
        location: { name: 'Casa' },
        joinLink: expect.stringMatching(/^https:\/\/call\.whatsapp\.com\/voice\/.{10,}$/u),
      },
    },
  ],
]

async function sendTo(phone: string, action: string, body: object): Promise<SendAnswer> {
  return (await journey.client.onInstance(instance, 'POST', action, {
    phone,
    ...body,
  })) as SendAnswer
}

/** What stands on the stanza beside the encrypted part. */
function planOf({ stanza }: PhoneMessage): unknown {
  const { type, edit } = stanza.attrs
  const nodes = Array.isArray(stanza.content) ? stanza.content : []
  const beside = nodes.filter(({ tag }) => tag === 'meta' || tag === 'biz')
  return { type, edit, beside }
}

test.each(kinds)('%s arrives, and again in the same shape when the phone asks', async (...kind) => {
  const [action, body, content] = kind
  const person = await journey.newPhone()
  const first = await sendTo(person.phone, action, body)
  const seen = await shown(person, first.messageId)
  expect(seen.content).toMatchObject(content)
  const delivery = await journey.delivery(first.zaapId)
  expect(delivery.body).not.toHaveProperty('error')

  person.failNextDecryption()
  const second = await sendTo(person.phone, action, body)
  const seenAgain = await shown(person, second.messageId)
  expect(seenAgain.content).toMatchObject(content)
  expect(planOf(seenAgain)).toEqual(planOf(seen))
})

test('a poll and an event say what they are, and bring their secret', async () => {
  const person = await journey.newPhone()
  const asked = await shown(person, (await sendTo(person.phone, 'send-poll', poll)).messageId)
  const planned = await shown(
    person,
    (await sendTo(person.phone, 'send-event', { event })).messageId,
  )
  expect(planOf(asked)).toMatchObject({
    type: 'poll',
    beside: [{ tag: 'meta', attrs: { polltype: 'creation' } }],
  })
  expect(planOf(planned)).toMatchObject({
    type: 'event',
    beside: [{ tag: 'meta', attrs: { event_type: 'creation' } }],
  })
  for (const { content } of [asked, planned])
    expect(content.messageContextInfo?.messageSecret).toHaveLength(32)
})

test('a poll that was accepted before a power cut arrives once, after the restart', async () => {
  const person = await journey.newPhone()
  person.goOffline()
  const answers = [
    await sendTo(person.phone, 'send-poll', poll),
    await sendTo(person.phone, 'send-location', place),
  ]
  await journey.killGateway()
  await journey.restartGateway()
  for (const { zaapId } of answers) await journey.delivery(zaapId)
  await person.comeOnline()
  for (const { messageId } of answers) await shown(person, messageId)
  expect(person.messages).toHaveLength(2)
})

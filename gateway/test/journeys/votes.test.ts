/** Votes in polls and answers to events, both ways, events that change, and sealed edits: sealed for the people of the chat alone. */

import { randomBytes } from 'node:crypto'
import type { Phone, PhoneMessage } from '@recado/simulator'
import { proto } from 'baileys'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { seal } from '../../../simulator/src/phone/secrets.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

const call = (method: string, action: string, body: object) =>
  journey.client.onInstance(instance, method, action, body)
const send = async (action: string, body: object) =>
  (await call('POST', action, body)) as SendAnswer

async function heard(messageId: string): Promise<string> {
  await journey.callbacks.next(({ body }) => body['messageId'] === messageId)
  return messageId
}

const becomes = (phone: Phone, id: string, is: (message: PhoneMessage) => boolean) =>
  phone.untilMessage((message) => message.id === id && is(message))

const eventPart = (message: PhoneMessage) =>
  message.view.parts.find((part) => part.type === 'event')

const poll = { question: 'Almoço?', options: ['Peixe', 'Massa', 'Nada'] }

test('a vote counts on the phone, can change and be taken back, also after a restart', async () => {
  const person = await journey.newPhone()
  const { phone } = person
  const { id } = await person.post(own.phone, { poll })
  const pollMessageId = await heard(id)
  const vote = (...names: string[]) =>
    send('send-poll-vote', { phone, pollMessageId, pollVote: names.map((name) => ({ name })) })
  const votesOf = (message: PhoneMessage) =>
    message.state.votes.find(({ from }) => from === own.phone)?.options
  await vote('Peixe')
  await becomes(person, id, (message) => votesOf(message)?.join() === 'Peixe')

  await journey.killGateway()
  await journey.restartGateway()
  person.failNextDecryption()
  await vote('Massa', 'Nada')
  await becomes(person, id, (message) => votesOf(message)?.join() === 'Massa,Nada')
  await vote()
  const { state } = await becomes(person, id, (message) => votesOf(message) === undefined)
  expect(state.votes).toEqual([])
})

test('a vote for what the poll does not have is not sent, and a callback says why', async () => {
  const person = await journey.newPhone()
  const { id } = await person.post(own.phone, { poll })
  const { phone } = person
  const pollMessageId = await heard(id)
  const vote = await send('send-poll-vote', { phone, pollMessageId, pollVote: [{ name: 'Sopa' }] })
  const { body } = await journey.delivery(vote.zaapId)
  expect(body['error']).toMatch(/^The poll has no such option/u)
})

test('votes of members in a poll of ours arrive in the callback, and ours on their phones', async () => {
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const members = [own.phone, ana.phone, bia.phone]
  const group = journey.simulator.addGroup({ subject: 'Turma', members })
  const phone = group.id.replace('@g.us', '-group')
  const times = { message: 'Quando?', poll: [{ name: 'Manhã' }, { name: 'Tarde' }] }
  const { messageId } = await send('send-poll', { phone, ...times })
  await shown(ana, messageId)
  await ana.act(messageId, { act: 'vote', options: ['Tarde'] })
  const { body } = await journey.callbacks.next(({ body: each }) => each['pollVote'] !== undefined)
  expect(body).toMatchObject({
    participantPhone: ana.phone,
    pollVote: { pollMessageId: messageId, options: [{ name: 'Tarde' }] },
  })
  await send('send-poll-vote', { phone, pollMessageId: messageId, pollVote: [{ name: 'Manhã' }] })
  const { state } = await becomes(bia, messageId, (message) =>
    message.state.votes.some(({ from }) => from === own.phone),
  )
  expect(state.votes).toContainEqual({ from: own.phone, options: ['Manhã'] })
})

test('an event of others is accepted and declined on the phone', async () => {
  const person = await journey.newPhone()
  const event = { name: 'Festa', startsAt: Date.now() + 86_400_000 }
  const { id } = await person.post(own.phone, { event })
  const eventMessageId = await heard(id)
  const { phone } = person
  for (const [eventResponse, answer] of [
    ['GOING', 'going'],
    ['NOT_GOING', 'not-going'],
  ]) {
    await send('send-event-response', { phone, eventMessageId, eventResponse })
    const { state } = await becomes(
      person,
      id,
      (message) => message.state.answers[0]?.answer === answer,
    )
    expect(state.answers).toEqual([{ from: own.phone, answer }])
  }
})

test('an event of ours changes on the phone and is called off, with its answers', async () => {
  const person = await journey.newPhone()
  const { phone } = person
  const event = { name: 'Reunião', dateTime: '2027-03-01T10:00:00-03:00' }
  const { messageId: eventMessageId } = await send('send-event', { phone, event })
  await shown(person, eventMessageId)
  await person.act(eventMessageId, { act: 'answer', answer: 'going' })
  await journey.callbacks.next(({ body }) => body['eventResponse'] !== undefined)

  const edited = { ...event, name: 'Reunião geral' }
  await send('send-edit-event', { phone, eventMessageId, event: edited })
  await becomes(person, eventMessageId, (message) => message.state.edited === true)
  const off = { ...edited, canceled: true }
  await send('send-edit-event', { phone, eventMessageId, event: off })
  const message = await becomes(person, eventMessageId, (each) => {
    const part = eventPart(each)
    return part?.type === 'event' && part.canceled === true
  })
  expect(eventPart(message)).toMatchObject({ name: 'Reunião geral', canceled: true })
  expect(message.state.answers).toEqual([{ from: phone, answer: 'going' }])
})

test('a sealed edit of a text is told as an edit, and stands on the phone', async () => {
  const person = await journey.newPhone()
  const messageSecret = randomBytes(32)
  const text = { conversation: 'Chego às 7', messageContextInfo: { messageSecret } }
  const id = await heard(await person.forge(own.phone, text))
  const [theirs, ours] = [person, own].map(({ lid }) => `${lid.split(/[:@]/u)[0]}@lid`)
  const { Type } = proto.Message.ProtocolMessage
  const plaintext = proto.Message.encode({
    protocolMessage: {
      key: { id },
      type: Type.MESSAGE_EDIT,
      editedMessage: { conversation: 'Chego às 8' },
    },
  }).finish()
  const pair = { creator: theirs ?? '', sender: theirs ?? '' }
  await person.forge(own.phone, {
    secretEncryptedMessage: {
      targetMessageKey: { remoteJid: ours ?? '', fromMe: true, id },
      ...seal({ secret: messageSecret, id, use: 'Message Edit' }, pair, plaintext),
      secretEncType: proto.Message.SecretEncryptedMessage.SecretEncType.MESSAGE_EDIT,
    },
  })
  const { body } = await journey.callbacks.next(
    ({ body: { messageId, isEdit } }) => messageId === id && isEdit === true,
  )
  expect(body).toMatchObject({ phone: person.phone, text: { message: 'Chego às 8' } })
  await becomes(own, id, ({ state, text: now }) => state.edited === true && now === 'Chego às 8')
})

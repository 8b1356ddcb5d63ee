/** What refers to an earlier message, when it comes again: asked for by a device, after a restart, and in the order of its chat. */

import type { BinaryNode } from 'baileys'
import type { Phone, PhoneMessage } from '@recado/simulator'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let person: Phone
/** What the gateway writes, by its id. */
const written = new Map<string, BinaryNode[]>()

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  journey.simulator.network.on('stanza', ({ stanza: node }) => {
    const id = node.attrs['id'] ?? ''
    written.set(id, [...(written.get(id) ?? []), node])
  })
})

beforeEach(async () => {
  await journey.setFaults({ acks: [] })
  person = await journey.newPhone()
})

afterAll(() => journey[Symbol.asyncDispose]())

const call = (method: string, action: string, body?: object) =>
  journey.client.onInstance(instance, method, action, body)
const post = async (action: string, body: object) =>
  (await call('POST', action, { phone: person.phone, ...body })) as SendAnswer
const remove = (messageId: string) =>
  call('DELETE', `messages?phone=${person.phone}&messageId=${messageId}&owner=true`)

async function heard(from: Phone, text: string): Promise<string> {
  const { id } = await from.send(own.phone, text)
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  return id
}

const becomes = (id: string, is: (message: PhoneMessage) => boolean) =>
  person.untilMessage((message) => message.id === id && is(message))

/** Of the stanza and of the first `<enc>` in it. */
function attributesOf({ attrs, content }: BinaryNode): object {
  const nodes = Array.isArray(content) ? content : []
  const deepest = (node: BinaryNode): BinaryNode[] =>
    node.tag === 'enc' ? [node] : (Array.isArray(node.content) ? node.content : []).flatMap(deepest)
  const [enc] = nodes.flatMap(deepest)
  const { type, edit, id } = attrs
  return { id, type, edit, hidden: enc?.attrs['decrypt-fail'], media: enc?.attrs['mediatype'] }
}

const kinds: readonly (readonly [string, object, (message: PhoneMessage) => boolean])[] = [
  ['send-text', { message: 'Novo', editMessageId: 'ID' }, ({ state }) => state.edited === true],
  ['send-reaction', { messageId: 'ID', reaction: '👍' }, ({ state }) => state.reactions.length > 0],
  [
    'pin-message',
    { messageId: 'ID', messageAction: 'pin', pinMessageDuration: '24_hours' },
    ({ state }) => state.pinnedUntil !== undefined,
  ],
]

test.each(kinds)(
  '%s with %j comes again to a phone that could not read it, in the same shape',
  async (action, body, is) => {
    const { messageId } = await post('send-text', { message: 'Velho' })
    await shown(person, messageId)
    person.failNextDecryption()
    const asked = JSON.parse(JSON.stringify(body).replace('"ID"', JSON.stringify(messageId)))
    const answer = await post(action, asked)
    await becomes(messageId, is)
    const [first, again] = written.get(answer.messageId) ?? []
    expect(first && attributesOf(first)).toEqual(again && attributesOf(again))
  },
)

test('a deletion comes again to a phone that could not read it', async () => {
  const { messageId } = await post('send-text', { message: 'Velho' })
  await shown(person, messageId)
  person.failNextDecryption()
  await remove(messageId)
  const { state } = await becomes(messageId, (message) => message.state.deletedBy !== undefined)
  expect(state.deletedBy).toBe(own.phone)
})

test('a forward comes again to a phone that could not read it, with its mark', async () => {
  const other = await journey.newPhone()
  const messageId = await heard(other, 'Passe adiante')
  person.failNextDecryption()
  const { zaapId } = await post('forward-message', { messageId, messagePhone: other.phone })
  const { body } = await journey.delivery(zaapId)
  const message = await shown(person, String(body['messageId']))
  expect(message).toMatchObject({ text: 'Passe adiante', view: { forwarded: 'once' } })
})

test('a reaction without an ack goes again under its id after a kill of the gateway', async () => {
  const messageId = await heard(person, 'Oi')
  const { phone } = person
  await journey.setFaults({ acks: [{ kind: 'missing', to: phone, times: 1 }] })
  // Their receipts would say that the reaction arrived.
  person.goOffline()
  own.goOffline()
  const left = new Promise((resolve) => journey.simulator.network.once('stanza', resolve))
  const answer = await post('send-reaction', { messageId, reaction: '👍' })
  await left
  await journey.killGateway()
  await journey.restartGateway()
  const { body } = await journey.delivery(answer.zaapId)
  expect(body).not.toHaveProperty('error')
  expect(written.get(answer.messageId)?.length).toBeGreaterThan(1)
  await Promise.all([person.comeOnline(), own.comeOnline()])
  const { state } = await becomes(messageId, (message) => message.state.reactions.length > 0)
  expect(state.reactions).toHaveLength(1)
})

test('what is about a message that still waits comes after it, in the order of the calls', async () => {
  await post('send-text', { message: 'Zero', delayMessage: 1 })
  const { messageId } = await post('send-text', { message: 'Um' })
  await post('send-text', { message: 'Dois', editMessageId: messageId })
  const last = await post('send-text', { message: 'Três', editMessageId: messageId })
  expect(person.messages.map(({ id }) => id)).not.toContain(messageId)
  await journey.delivery(last.zaapId)
  expect((await becomes(messageId, ({ text }) => text === 'Três')).state.edited).toBe(true)
  await remove(messageId)
  await becomes(messageId, ({ state }) => state.deletedBy === own.phone)
})

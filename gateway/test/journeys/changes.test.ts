/** Edits, reactions, pins and deletions: what each does to the earlier message on the phone, and what its callback tells. */

import type { BinaryNode } from 'baileys'
import type { Phone, PhoneMessage } from '@recado/simulator'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let person: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  await call('PUT', 'update-notify-sent-by-me', { notifySentByMe: true })
  person = await journey.newPhone()
})

afterAll(() => journey[Symbol.asyncDispose]())

const call = (method: string, action: string, body?: object) =>
  journey.client.onInstance(instance, method, action, body)
const post = async (action: string, body: object) =>
  (await call('POST', action, { phone: person.phone, ...body })) as SendAnswer

async function sentText(message: string): Promise<string> {
  const { messageId } = await post('send-text', { message })
  await shown(person, messageId)
  return messageId
}

async function heard(text: string): Promise<string> {
  const { id } = await person.send(own.phone, text)
  await journey.callbacks.next(({ body }) => body['messageId'] === id)
  return id
}

const becomes = (id: string, is: (message: PhoneMessage) => boolean) =>
  person.untilMessage((message) => message.id === id && is(message))

/** What the callbacks tell of it: that it was sent, and what another device of the number would see. */
async function told({ zaapId, messageId }: SendAnswer, idKey = 'messageId') {
  const { body } = await journey.delivery(zaapId)
  expect(body).not.toHaveProperty('error')
  const echo = await journey.callbacks.next(
    ({ body: each }) => each['type'] === 'ReceivedCallback' && each[idKey] === messageId,
  )
  return { delivery: body, echo: echo.body }
}

test('an edit replaces the text, and the quotes of later answers have the new one', async () => {
  const messageId = await sentText('Às dez')
  const edit = await post('send-text', { message: 'Às onze', editMessageId: messageId })
  expect((await becomes(messageId, ({ state }) => state.edited === true)).text).toBe('Às onze')
  const { echo } = await told(edit, 'editMessageId')
  expect(echo).toMatchObject({
    isEdit: true,
    messageId,
    text: { message: 'Às onze' },
  })
  const answer = await post('send-text', { message: 'Certo?', messageId })
  expect((await shown(person, answer.messageId)).view.quote?.text).toBe('Às onze')
})

test('an edit of an image changes its caption alone', async () => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  const image = `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`
  const { messageId } = await post('send-image', { image, caption: 'Ontem' })
  const before = await shown(person, messageId)
  await post('send-image', { image, caption: 'Hoje', editImageMessageId: messageId })
  const after = await becomes(messageId, ({ state }) => state.edited === true)
  expect(after.text).toBe('Hoje')
  expect(after.image).toMatchObject({ fetched: true, sha256: before.image?.sha256 })
})

test('what others wrote is not edited, and a text has no caption', async () => {
  const theirs = await heard('Meu texto')
  const edit = await post('send-text', { message: 'Seu', editMessageId: theirs })
  const { body } = await journey.delivery(edit.zaapId)
  expect(body['error']).toMatch(/^The message was written by another person/u)
  const editImageMessageId = await sentText('Sem imagem')
  const image = 'data:image/png;base64,AAAA'
  const caption = await post('send-image', { image, caption: 'x', editImageMessageId })
  expect((await journey.delivery(caption.zaapId)).body['error']).toMatch(
    /^The message has no text/u,
  )
})

test('a reaction stands at the message, one a person, and can be taken back', async () => {
  const messageId = await heard('Passei!')
  const first = await post('send-reaction', { messageId, reaction: '🎉' })
  const from = own.phone
  const withEmoji = (text: string) => (message: PhoneMessage) =>
    message.state.reactions.some((each) => each.from === from && each.text === text)
  await becomes(messageId, withEmoji('🎉'))
  const { echo } = await told(first)
  expect(echo['reaction']).toMatchObject({
    value: '🎉',
    reactionBy: own.phone,
    referencedMessage: { messageId, fromMe: false },
  })
  await post('send-reaction', { messageId, reaction: '❤️' })
  const { state } = await becomes(messageId, withEmoji('❤️'))
  expect(state.reactions).toHaveLength(1)
  await post('send-remove-reaction', { messageId })
  await becomes(messageId, (message) => message.state.reactions.length === 0)
})

test('a pin holds for its time, and can be taken away', async () => {
  const messageId = await sentText('Regras da casa')
  const pin = { messageId, messageAction: 'pin', pinMessageDuration: '7_days' }
  const pinned = await post('pin-message', pin)
  const { state } = await becomes(messageId, (message) => message.state.pinnedUntil !== undefined)
  expect((state.pinnedUntil ?? 0) - Date.now()).toBeGreaterThan(6 * 86_400_000)
  const { echo } = await told(pinned)
  expect(echo['pinMessage']).toMatchObject({
    action: 'pin',
    pinDurationInSecs: 604_800,
    referencedMessage: { messageId, fromMe: true },
  })
  await post('pin-message', { messageId, messageAction: 'unpin' })
  await becomes(messageId, (message) => message.state.pinnedUntil === undefined)
})

test('a deletion takes the message away for both, and nothing can refer to it then', async () => {
  const messageId = await sentText('Ops')
  await call('DELETE', `messages?phone=${person.phone}&messageId=${messageId}&owner=true`)
  const { state } = await becomes(messageId, (message) => message.state.deletedBy !== undefined)
  expect(state.deletedBy).toBe(own.phone)
  await journey.callbacks.next(
    ({ body }) =>
      body['notification'] === 'REVOKE' && JSON.stringify(body).includes(`"${messageId}"`),
  )
  const answer = await post('send-text', { message: 'Sobre isso', messageId })
  expect((await journey.delivery(answer.zaapId)).body['error']).toMatch(/was not found/u)
})

test('each leaves with the attributes of its kind, and says nothing to a device that cannot read it', async () => {
  const companion = await journey.companionOf(person)
  const seen = new Map<string | undefined, BinaryNode>()
  companion.socket.ws.on('CB:message', (node: BinaryNode) => seen.set(node.attrs['id'], node))
  const messageId = await sentText('Texto')
  const sends: [string, object, string, string | undefined][] = [
    ['send-text', { message: 'Novo', editMessageId: messageId }, 'text', '1'],
    ['send-reaction', { messageId, reaction: '👍' }, 'reaction', undefined],
    ['send-remove-reaction', { messageId }, 'reaction', '7'],
    ['pin-message', { messageId, messageAction: 'unpin' }, 'text', '2'],
  ]
  for (const [action, body, type, edit] of sends) {
    const answer = await post(action, body)
    await journey.delivery(answer.zaapId)
    await companion.received(answer.messageId)
    const node = seen.get(answer.messageId)
    expect(node?.attrs).toMatchObject({ type, ...(edit === undefined ? {} : { edit }) })
    const encrypted = Array.isArray(node?.content) ? node.content[0] : undefined
    expect(encrypted?.attrs['decrypt-fail']).toBe('hide')
  }
})

test('what is about a message that still waits comes after it, in the order of the calls', async () => {
  await post('send-text', { message: 'Zero', delayMessage: 1 })
  const { messageId } = await post('send-text', { message: 'Um' })
  await post('send-text', { message: 'Dois', editMessageId: messageId })
  const last = await post('send-text', { message: 'Três', editMessageId: messageId })
  expect(person.messages.map(({ id }) => id)).not.toContain(messageId)
  await journey.delivery(last.zaapId)
  expect((await becomes(messageId, ({ text }) => text === 'Três')).state.edited).toBe(true)
  await call('DELETE', `messages?phone=${person.phone}&messageId=${messageId}&owner=true`)
  await becomes(messageId, ({ state }) => state.deletedBy === own.phone)
})

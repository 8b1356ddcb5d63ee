/** The setting of an instance that says in which form messages with buttons go, up to the phone and the callback. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let phone: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

const options = [{ id: 'v', title: 'Vendas' }]
const list = { message: 'Escolha', optionList: { title: 'Loja', buttonLabel: 'Ver', options } }
const listAsText = 'Loja\n\nEscolha\n\n1 - Vendas\n\nResponda com o número da opção.'

async function sendList(to: string, value: string): Promise<SendAnswer> {
  await journey.client.onInstance(instance, 'PUT', 'update-button-form', { value })
  const body = { phone: to, ...list }
  return (await journey.client.onInstance(instance, 'POST', 'send-option-list', body)) as SendAnswer
}

const withText = (person: Phone) => person.untilMessage(({ text }) => text === listAsText)

test('as text: the phone gets plain text under the id of the answer, and the callback says so', async () => {
  const person = await journey.newPhone()
  const { messageId, zaapId } = await sendList(person.phone, 'text')
  expect(await withText(person)).toMatchObject({ id: messageId, buttons: [] })
  expect((await journey.delivery(zaapId)).body).toMatchObject({
    messageId,
    fallback: { sentAs: 'text', reason: expect.stringContaining('set to') as string },
  })
  await journey.status(messageId, 'RECEIVED')
})

test('as both: the list comes first, then the text, and each callback names the other', async () => {
  const person = await journey.newPhone()
  const { messageId, zaapId } = await sendList(person.phone, 'both')
  const text = await withText(person)
  expect((await shown(person, messageId)).content.listMessage).toMatchObject({ title: 'Loja' })
  expect(person.messages.map(({ id }) => id)).toEqual([messageId, text.id])
  const { body } = await journey.delivery(zaapId)
  expect(body).toMatchObject({ messageId, alsoAsText: [{ messageId: text.id }] })
  const [{ zaapId: other } = { zaapId: '' }] = body['alsoAsText'] as { zaapId: string }[]
  expect((await journey.delivery(other)).body).toMatchObject({
    messageId: text.id,
    fallback: { partOf: zaapId, sentAs: 'text' },
  })
})

test('as both, killed before it is sent: list and text arrive once each', async () => {
  const person = await journey.newPhone()
  await journey.setFaults({ connections: [{ phone: phone.phone, action: 'freeze' }] })
  const { messageId } = await sendList(person.phone, 'both')
  await journey.killGateway()
  await journey.restartGateway()
  const text = await withText(person)
  expect(person.messages.map(({ id }) => id)).toEqual([messageId, text.id])
})

async function sendToGroup(value: string) {
  const member = await journey.newPhone()
  const members = [phone.phone, member.phone]
  const { id } = journey.simulator.addGroup({ subject: 'Equipe', members })
  const answer = await sendList(`${id.replace('@g.us', '')}-group`, value)
  const text = await withText(member)
  const { body } = await journey.delivery(answer.zaapId)
  return { ...answer, member, text, body }
}

test('as buttons, a list goes to a group as text, and the callback says why', async () => {
  const { text, messageId, body } = await sendToGroup('buttons')
  expect(text.id).toBe(messageId)
  const reason: unknown = expect.stringContaining('Android')
  expect(body).toMatchObject({ fallback: { reason } })
})

test('as both, a group gets the list and its text', async () => {
  const { text, messageId, member, body } = await sendToGroup('both')
  const { content } = await shown(member, messageId)
  expect(content.interactiveMessage?.nativeFlowMessage?.buttons).toMatchObject([
    { name: 'single_select' },
  ])
  expect(body).toMatchObject({ alsoAsText: [{ messageId: text.id }] })
})

test('another form than the three is refused, and the instance keeps its own', async () => {
  await expect(sendList(phone.phone, 'buttons and text')).rejects.toThrow(/400.*value/u)
  const me = await journey.client.onInstance(instance, 'GET', 'me')
  expect(me).toMatchObject({ buttonForm: 'both' })
})

/** Answers to buttons: by hand on a phone, by the API, and updates that quote their order. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'
import { bizOf, plansOf } from '../support/kind-on-stage.js'

interface Side {
  readonly instance: SandboxInstance
  readonly phone: Phone
}

let journey: Journey
let shop: Side
let customer: Side

beforeAll(async () => {
  journey = await Journey.start()
  shop = await journey.pairedInstance()
  customer = await journey.pairedInstance()
})

afterAll(() => journey[Symbol.asyncDispose]())

const send = async (from: Side, action: string, to: string, body: object) =>
  (await journey.client.onInstance(from.instance, 'POST', action, {
    phone: to,
    ...body,
  })) as SendAnswer

const received = (by: Side, messageId: string) =>
  journey.callbacks.next(
    ({ body }) =>
      body['type'] === 'ReceivedCallback' &&
      body['instanceId'] === by.instance.id &&
      body['messageId'] === messageId,
  )

const buttonList = { buttons: [{ id: 'bom', label: 'Ótimo' }, { label: 'Ruim' }] }

/** Asks the customer, whose gateway has heard of it. */
async function ask(): Promise<SendAnswer> {
  const body = { message: 'Gostou?', buttonList }
  const asked = await send(shop, 'send-button-list', customer.phone.phone, body)
  await received(customer, asked.messageId)
  return asked
}

test.each([
  ['reply-button', 'responseButtonId', 'interactiveResponseMessage'],
  ['reply-template-button', 'responseTemplateButtonId', 'templateButtonReplyMessage'],
])('%s arrives as a tap, and is told as one', async (action, attribute, field) => {
  const { messageId } = await ask()
  const plans = plansOf(journey, shop.phone)
  const answer = await send(customer, action, shop.phone.phone, { [attribute]: 'bom', messageId })
  const message = await shown(shop.phone, answer.messageId)
  expect(Reflect.get(message.content, field)).toMatchObject({
    contextInfo: { stanzaId: messageId },
  })
  expect(bizOf(message.stanza)).toEqual([])
  expect(plans()).toHaveLength(1)
  expect((await received(shop, answer.messageId)).body).toMatchObject({
    buttonsResponseMessage: { buttonId: 'bom', message: 'Ótimo' },
    referenceMessageId: messageId,
  })
  expect((await journey.delivery(answer.zaapId)).body).not.toHaveProperty('error')
})

test('an answer to a button or a message that is not there ends in a callback with the cause', async () => {
  const { messageId } = await ask()
  const { phone } = shop.phone
  for (const [given, cause] of [
    [{ responseButtonId: 'outro', messageId }, 'no button with this id'],
    [{ responseButtonId: 'bom', messageId: '3EB0000000000000000000' }, 'was not found'],
  ] as const) {
    const { zaapId } = await send(customer, 'reply-button', phone, given)
    const error: unknown = expect.stringContaining(cause)
    expect((await journey.delivery(zaapId)).body).toMatchObject({ error })
  }
})

test('a button tapped on the phone comes back with its id', async () => {
  const person = await journey.newPhone()
  const { messageId } = await send(shop, 'send-button-list', person.phone, {
    message: 'Gostou?',
    buttonList,
  })
  await shown(person, messageId)
  await person.act(messageId, { act: 'tap', id: '2' })
  const { body } = await journey.callbacks.next(
    ({ body: { referenceMessageId } }) => referenceMessageId === messageId,
  )
  expect(body).toMatchObject({ buttonsResponseMessage: { buttonId: '2', message: 'Ruim' } })
})

test("an order's update quotes the order", async () => {
  const person = await journey.newPhone()
  const order = { currency: 'BRL', products: [{ name: 'Camiseta', value: 10, quantity: 1 }] }
  const { messageId } = await send(shop, 'send-order', person.phone, { order })
  await shown(person, messageId)
  const update = await send(shop, 'order-status-update', person.phone, {
    messageId,
    referenceId: '4N8FCTW1WM6',
    orderRequestId: '4N8FCTW22W4',
    orderStatus: 'shipped',
    paymentStatus: 'paid',
    order,
  })
  const { content } = await shown(person, update.messageId)
  expect(content.interactiveMessage?.contextInfo).toMatchObject({
    stanzaId: messageId,
    quotedMessage: { interactiveMessage: {} },
  })
})

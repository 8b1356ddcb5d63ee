/** Pix keys, orders and their updates: from the call to the phone, and what goes where WhatsApp refuses them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'
import { bizOf, type KindOnStage, sendKind, standsItsWay } from '../support/kind-on-stage.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

/** `part` stands in the parameters of the one button. */
const flow = (name: string, part: string) => ({
  interactiveMessage: {
    nativeFlowMessage: {
      messageVersion: 1,
      buttons: [{ name, buttonParamsJson: expect.stringContaining(part) as string }],
    },
  },
})

const pix: KindOnStage = {
  name: 'a Pix key',
  action: 'send-button-pix',
  body: { pixKey: 'loja@example.com', type: 'EMAIL', merchantName: 'Loja' },
  content: flow('payment_info', '"merchant_name":"Loja","key":"loja@example.com"'),
  biz: 'biz (interactive type=native_flow v=1 (native_flow name=payment_info))',
  steps: 3,
  plainText: 'Pix - Loja\nChave (EMAIL): loja@example.com\n\nCopiar chave Pix:\n\nloja@example.com',
}

const order = {
  currency: 'BRL',
  discount: 10,
  tax: 10,
  shipping: 5,
  products: [{ productId: '23940797548900636', name: 'Camiseta', value: 149.9, quantity: 2 }],
}
const sums =
  '2 x Camiseta - R$ 149,90\nSubtotal: R$ 299,80\nDesconto: R$ 10,00\nFrete: R$ 5,00\nTaxa: R$ 10,00\nTotal: R$ 304,80'
const update = {
  messageId: '3EB0F91BBA791BB0A787FC',
  referenceId: '4N8FCTW1WM6',
  orderRequestId: '4N8FCTW22W4',
  orderStatus: 'processing',
  paymentStatus: 'paid',
  order,
}
const total = '"total_amount":{"value":304800,"offset":1000}'

const kinds: readonly KindOnStage[] = [
  pix,
  {
    name: "an order's status",
    action: 'order-status-update',
    body: { ...update, message: 'Seu pedido anda' },
    content: flow('review_order', `"payment_status":"captured",${total}`),
    biz: 'biz native_flow_name=order_status',
    plainText: `Seu pedido anda\n\nPedido 4N8FCTW1WM6: em processamento, pago\n\n${sums}`,
  },
  {
    name: "an order's payment",
    action: 'order-payment-update',
    body: update,
    content: flow('payment_status', `${total},"order":{"status":"processing"`),
    biz: 'biz native_flow_name=payment_status',
    plainText: `Pedido 4N8FCTW1WM6: em processamento, pago\n\n${sums}`,
  },
]

describe.each(kinds)('$name', (kind) => {
  standsItsWay(() => ({ journey, instance }), kind)
})

test('an order arrives with its sum, and as its items in plain text where WhatsApp refuses it', async () => {
  const person = await journey.newPhone()
  const kind: KindOnStage = {
    ...pix,
    action: 'send-order',
    body: {
      order,
      paymentSettings: { pix: { key: '529.982.247-25', keyType: 'cpf', name: 'Loja' } },
    },
  }
  const { messageId } = await sendKind(journey, instance, kind, person.phone)
  const message = await person.untilMessage(({ id }) => id === messageId)
  expect(message.content).toMatchObject(flow('review_and_pay', total))
  expect(bizOf(message.stanza)).toEqual(['biz native_flow_name=order_details'])
  expect(message.shows).toEqual({ android: true, ios: true, web: true })

  await journey.setFaults({ acks: [{ kind: 'error', code: 473, to: person.phone, times: 1 }] })
  await sendKind(journey, instance, kind, person.phone)
  const text = await person.untilMessage(({ text: body }) => body.startsWith('Pedido'))
  expect(text.text).toContain(`${sums}\n\nPix - Loja\nChave (CPF): 529.982.247-25`)
  expect(text.text).toMatch(/^Pedido [0-9A-Z]{11}\n\n2 x /u)
})

test('a refused Pix key goes in another form each time, and the callback tells the last one', async () => {
  for (const [times, sentAs, biz] of [
    [1, 'pix-key', 'biz native_flow_name=payment_info'],
    [2, 'buttons', 'name=mixed'],
  ] as const) {
    const person = await journey.newPhone()
    await journey.setFaults({ acks: [{ kind: 'error', code: 473, to: person.phone, times }] })
    const { zaapId } = await sendKind(journey, instance, pix, person.phone)
    const { body } = await journey.delivery(zaapId)
    expect(body).toMatchObject({ fallback: { code: 473, sentAs } })
    const message = await person.untilMessage(({ id }) => id === body['messageId'])
    expect(bizOf(message.stanza).join(' ')).toContain(biz)
    expect(message.shows).toEqual({ android: true, ios: true, web: true })
  }
})

test('where only businesses may send payments, those of a consumer go in another form', async () => {
  await journey.setFaults({ acks: [], paymentsNeedBusiness: true })
  const { instance: shop } = await journey.pairedInstance({ business: true })
  const [ofOrder = pix] = kinds.filter(({ action }) => action === 'order-status-update')
  for (const [kind, sentAs] of [
    [pix, 'buttons'],
    [ofOrder, 'text'],
  ] as const) {
    const [person, customer] = [await journey.newPhone(), await journey.newPhone()]
    const { zaapId } = await sendKind(journey, instance, kind, person.phone)
    const { body } = await journey.delivery(zaapId)
    expect(body).toMatchObject({ fallback: { code: 473, sentAs } })
    await person.untilMessage(({ id }) => id === body['messageId'])

    const sold = await sendKind(journey, shop, kind, customer.phone)
    const { content } = await customer.untilMessage(({ id }) => id === sold.messageId)
    expect(content).toMatchObject(kind.content)
    expect((await journey.delivery(sold.zaapId)).body).not.toHaveProperty('fallback')
  }
  await journey.setFaults({ paymentsNeedBusiness: false })
})

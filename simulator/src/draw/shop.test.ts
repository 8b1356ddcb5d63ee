import type { BinaryNode } from 'baileys'
import { expect, test } from 'vitest'
import { anyFile, drawnOf, throughWire } from '../../test/support/drawn.js'
import { hindrancesOf } from './rules.js'

function flow(name: string, params: object) {
  return {
    interactiveMessage: {
      nativeFlowMessage: {
        buttons: [{ name, buttonParamsJson: JSON.stringify(params) }],
        messageVersion: 1,
      },
    },
  }
}

const pixParams = {
  reference_id: '4OZ2',
  currency: 'BRL',
  payment_settings: [
    {
      type: 'pix_static_code',
      pix_static_code: { merchant_name: 'Loja', key: 'pix@loja.br', key_type: 'EMAIL' },
    },
  ],
}
const pix = { type: 'pix', merchant: 'Loja', keyType: 'EMAIL', key: 'pix@loja.br' }

test.each(['payment_info', 'payment_key_info'])('a PIX key is read from %s', (name) => {
  expect(drawnOf(flow(name, pixParams)).view).toEqual({ kind: 'pix', parts: [pix] })
})

const price = (amount1000: number) => ({ currency: 'BRL', amount1000 })

test('an order has its items, its total and how to pay', () => {
  const params = {
    ...pixParams,
    total_amount: { value: 605_000, offset: 1000 },
    order: {
      status: 'pending',
      items: [{ name: 'Caneca', amount: { value: 302_500, offset: 1000 }, quantity: 2 }],
    },
  }
  expect(drawnOf(flow('review_and_pay', params)).view).toEqual({
    kind: 'order',
    parts: [
      {
        type: 'order',
        form: 'order',
        reference: '4OZ2',
        items: [{ name: 'Caneca', quantity: 2, price: price(302_500) }],
        total: price(605_000),
        status: 'pending',
      },
      pix,
    ],
  })
  const update = drawnOf(flow('payment_status', { ...params, payment_status: 'captured' }))
  expect(update.view.parts[0]).toMatchObject({ form: 'update', paymentStatus: 'captured' })
})

test('a cart of a customer has its count and its total', () => {
  const { view } = drawnOf({
    orderMessage: {
      orderId: '77',
      orderTitle: 'Loja',
      itemCount: 3,
      totalAmount1000: 90_000,
      totalCurrencyCode: 'BRL',
      message: 'Por favor',
    },
  })
  expect(view).toMatchObject({
    kind: 'cart',
    parts: [
      { form: 'cart', reference: '77', items: [{ name: 'Loja', quantity: 3 }] },
      { type: 'text', text: 'Por favor' },
    ],
  })
})

test('a product has its picture and its price', () => {
  const { view, files } = drawnOf({
    productMessage: {
      product: {
        productId: 'p1',
        title: 'Caneca',
        currencyCode: 'BRL',
        priceAmount1000: 30_000,
        productImage: { ...anyFile, mimetype: 'image/jpeg' },
      },
      businessOwnerJid: '5511988880001@s.whatsapp.net',
    },
  })
  expect(view).toEqual({
    kind: 'product',
    parts: [
      {
        type: 'product',
        id: 'p1',
        title: 'Caneca',
        price: { currency: 'BRL', amount1000: 30_000 },
        file: '0',
        shop: '5511988880001',
      },
    ],
  })
  expect(files.get('0')).toMatchObject({ type: 'image' })
})

function bizOf(name: string): BinaryNode {
  const native: BinaryNode = { tag: 'native_flow', attrs: { name } }
  const interactive = { tag: 'interactive', attrs: { type: 'native_flow', v: '1' } }
  const biz = { tag: 'biz', attrs: {}, content: [{ ...interactive, content: [native] }] }
  return { tag: 'message', attrs: {}, content: [biz] }
}

test('a payment shows under its own name and not under mixed', () => {
  const message = throughWire(flow('payment_info', pixParams))
  expect(hindrancesOf(message, bizOf('payment_info'))).toEqual([])
  expect(hindrancesOf(message, bizOf('mixed'))).toMatchObject([
    { draws: { android: 'nothing', ios: 'nothing', web: 'nothing' } },
  ])
})

test('an order is named flat on <biz>', () => {
  const biz: BinaryNode = { tag: 'biz', attrs: { native_flow_name: 'order_details' } }
  const stanza: BinaryNode = { tag: 'message', attrs: {}, content: [biz] }
  expect(hindrancesOf(throughWire(flow('review_and_pay', pixParams)), stanza)).toEqual([])
})

test('money that was asked for has its amount and its note', () => {
  const { view } = drawnOf({
    requestPaymentMessage: {
      currencyCodeIso4217: 'BRL',
      amount1000: 5000,
      noteMessage: { extendedTextMessage: { text: 'Almoço' } },
    },
  })
  expect(view).toMatchObject({
    kind: 'payment-request',
    parts: [
      { type: 'order', total: { currency: 'BRL', amount1000: 5000 } },
      { type: 'text', text: 'Almoço' },
    ],
  })
})

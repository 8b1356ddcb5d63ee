/** A cart as a customer sends it, an order with its payment, and what becomes of it. */

import { kind } from './kind.js'
import { filled, listIn, numberIn, recordIn, stringIn } from './plain.js'
import { amountOf, priceOf } from './price.js'
import { pixPartsOf } from './pix.js'
import type { OrderPart, Part } from './view.js'

export const cart = kind('orderMessage', (message) => {
  const total = priceOf(message.totalCurrencyCode, numberIn(message.totalAmount1000))
  return {
    kind: 'cart',
    parts: [
      filled({
        type: 'order',
        form: 'cart',
        reference: message.orderId ?? '',
        items: [{ name: message.orderTitle ?? '', quantity: message.itemCount ?? 0 }],
        total,
      }),
      ...(message.message ? [{ type: 'text' as const, text: message.message }] : []),
    ],
  }
})

/** The parameters of the native flows `review_and_pay`, `review_order` and `payment_status`. */
export function orderParts(
  form: OrderPart['form'],
  params: Readonly<Record<string, unknown>>,
): readonly Part[] {
  const currency = stringIn(params['currency']) ?? ''
  const order = recordIn(params['order'])
  const items = listIn(order?.['items']).map((each) => {
    const item = recordIn(each)
    return filled({
      name: stringIn(item?.['name']) ?? '',
      quantity: Number(item?.['quantity'] ?? 0),
      price: amountOf(currency, item?.['amount']),
    })
  })
  return [
    filled({
      type: 'order',
      form,
      reference: stringIn(params['reference_id']) ?? '',
      items,
      total: amountOf(currency, params['total_amount']),
      status: stringIn(order?.['status']),
      paymentStatus: stringIn(params['payment_status']),
    }),
    ...pixPartsOf(params),
  ]
}

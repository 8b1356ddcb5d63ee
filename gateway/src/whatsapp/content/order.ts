import { type OrderContent, subTotalOf, totalOf } from '../../domain/content/order.js'
import { quoteOf } from '../send/message-context.js'
import { namedBizNode } from './biz.js'
import { type FlowButton, nativeFlow } from './native-flow.js'
import { pixSetting } from './pix-setting.js'
import type { ToWire } from './wire-message.js'

const offset = 1_000

/** The button and the mark of each step, as WhatsApp Web pairs them (`WAWebBizSendOrderAction`, read 2026-11-28). */
const steps = {
  request: { button: 'review_and_pay', mark: 'order_details' },
  'status-update': { button: 'review_order', mark: 'order_status' },
  'payment-update': { button: 'payment_status', mark: 'payment_status' },
} as const

export const orderToWire: ToWire<OrderContent> = (order, { at, earlier }) => {
  const { text } = order
  const { button, mark } = steps[order.step]
  const parameters = order.step === 'request' ? requestOf(order) : updateOf(order, at)
  const buttons: readonly FlowButton[] = [{ name: button, parameters }]
  return {
    message: {
      interactiveMessage: {
        ...(text === '' ? {} : { body: { text } }),
        nativeFlowMessage: nativeFlow(buttons),
        ...(earlier && { contextInfo: quoteOf(earlier, earlier.kept.chat) }),
      },
    },
    additionalNodes: [namedBizNode(mark)],
  }
}

function requestOf(order: OrderContent): object {
  const { referenceId, orderRequestId, currency, pix, takesCards } = order
  return {
    reference_id: referenceId,
    type: 'physical-goods',
    payment_configuration: 'merchant_categorization_code',
    currency,
    total_amount: amountOf(totalOf(order)),
    payment_settings: [
      ...(pix === undefined ? [] : [pixSetting(pix)]),
      { type: 'cards', cards: { enabled: takesCards ?? false } },
    ],
    order_request_id: orderRequestId,
    order: itemsOf(order),
  }
}

function updateOf(order: OrderContent, at: number): object {
  const { referenceId, orderRequestId, currency, payment } = order
  return {
    reference_id: referenceId,
    order_request_id: orderRequestId,
    payment_timestamp: Math.floor(at / 1_000),
    currency,
    payment_status: payment === 'paid' ? 'captured' : 'pending',
    total_amount: amountOf(totalOf(order)),
    order: itemsOf(order),
  }
}

function itemsOf(order: OrderContent): object {
  const { items, tax, shipping, discount, status } = order
  return {
    status,
    items: items.map(({ productId, name, amount, quantity, isCustomItem }) => ({
      retailer_id: productId,
      name,
      amount: amountOf(amount),
      quantity,
      isCustomItem,
      isQuantitySet: true,
    })),
    subtotal: amountOf(subTotalOf(order)),
    ...(tax === undefined ? {} : { tax: amountOf(tax) }),
    ...(shipping === undefined ? {} : { shipping: amountOf(shipping) }),
    ...(discount === undefined ? {} : { discount: amountOf(discount) }),
  }
}

function amountOf(amount: number): { readonly value: number; readonly offset: number } {
  return { value: Math.round(amount * offset), offset }
}

/** Orders, payments and what is sold: the native flows of WhatsApp Business, products and carts. */

import { type proto, toNumber } from 'baileys'
import type { IncomingContent, OrderDetails } from '../../domain/incoming-content.js'
import type { Attachments } from './attachments.js'
import { personOfJid } from '../jid.js'
import { listIn, numberIn, objectIn, type Parameters, textIn } from './native-flow.js'

/** `undefined` for every flow that is no order. */
export function orderContent(flow: string, parameters: Parameters): IncomingContent | undefined {
  switch (flow) {
    case 'payment_info':
      return pixContent(parameters)
    case 'review_and_pay':
      return { kind: 'order-payment', ...orderOf(parameters) }
    case 'review_order':
      return { kind: 'order-status', ...orderOf(parameters) }
    default:
      return undefined
  }
}

function pixContent(parameters: Parameters): IncomingContent | undefined {
  const pix = listIn(parameters, 'payment_settings')
    .map((setting) => objectIn(setting, 'pix_static_code'))
    .find((setting) => textIn(setting, 'key') !== '')
  if (pix === undefined) return undefined
  return {
    kind: 'pix-key',
    currency: textIn(parameters, 'currency') || 'BRL',
    referenceId: textIn(parameters, 'reference_id'),
    key: textIn(pix, 'key'),
    keyType: textIn(pix, 'key_type'),
    merchantName: textIn(pix, 'merchant_name'),
  }
}

function orderOf(parameters: Parameters): OrderDetails {
  const order = objectIn(parameters, 'order')
  const type = textIn(parameters, 'type')
  return {
    type: type === '' ? undefined : type,
    currency: textIn(parameters, 'currency'),
    referenceId: textIn(parameters, 'reference_id'),
    orderRequestId: textIn(parameters, 'order_request_id') || textIn(order, 'order_request_id'),
    orderStatus: textIn(order, 'status'),
    paymentStatus: textIn(parameters, 'payment_status'),
    total: amountIn(parameters, 'total_amount'),
    subTotal: amountIn(order, 'subtotal'),
    discount: amountIn(order, 'discount'),
    shipping: amountIn(order, 'shipping'),
    tax: amountIn(order, 'tax'),
    lines: listIn(order, 'items').map((item) => {
      const productId = textIn(item, 'retailer_id') || textIn(item, 'product_id')
      return {
        name: textIn(item, 'name'),
        quantity: numberIn(item, 'quantity'),
        productId,
        isCustomItem: productId.startsWith('custom-item'),
        amount: amountIn(item, 'amount'),
      }
    }),
  }
}

/** `{value: 60500, offset: 100}` is 605 of the currency. */
function amountIn(parameters: Parameters, name: string): number {
  const amount = objectIn(parameters, name)
  return numberIn(amount, 'value') / (numberIn(amount, 'offset') || 1)
}

export function saleContent(
  { productMessage, orderMessage }: proto.IMessage,
  attachments: Attachments,
): IncomingContent | undefined {
  const product = productMessage?.product
  if (product)
    return {
      kind: 'product',
      image: product.productImage ? attachments.image(product.productImage) : undefined,
      ownerPhone: personOfJid(productMessage.businessOwnerJid)?.phone ?? '',
      productId: product.productId ?? '',
      title: product.title ?? '',
      description: product.description ?? '',
      currency: product.currencyCode ?? '',
      price: toNumber(product.priceAmount1000 ?? 0),
      imageCount: product.productImageCount ?? 0,
      url: product.url ?? '',
      retailerId: product.retailerId ?? '',
      firstImageId: product.firstImageId ?? '',
    }
  if (!orderMessage) return undefined
  return {
    kind: 'cart',
    orderId: orderMessage.orderId ?? '',
    title: orderMessage.orderTitle ?? '',
    text: orderMessage.message ?? '',
    itemCount: orderMessage.itemCount ?? 0,
    sellerPhone: personOfJid(orderMessage.sellerJid)?.phone ?? '',
    token: orderMessage.token ?? '',
    currency: orderMessage.totalCurrencyCode ?? '',
    total: toNumber(orderMessage.totalAmount1000 ?? 0),
  }
}

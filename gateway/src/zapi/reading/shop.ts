/** What callers write about catalogues and orders, in our words. */

import { type Static, Type } from 'typebox'
import type { OrderContent, OrderItem } from '../../domain/content/order.js'
import { InvalidRequestError } from '../error-replies.js'
import { digitsOf } from '../from-zapi.js'
import { earlierId } from '../message-context.js'

/** Throws `InvalidRequestError`. */
export function shopPhoneOf(catalogPhone: string | number): string {
  try {
    return digitsOf(catalogPhone)
  } catch (cause) {
    if (!(cause instanceof InvalidRequestError)) throw cause
    throw new InvalidRequestError(
      'catalogPhone must be a number with its country, as 5511999999999',
    )
  }
}

const most = 1_000_000_000

const amount = (description: string) =>
  Type.Optional(
    Type.Unsafe<number | null>({
      type: ['number', 'null'],
      minimum: 0,
      maximum: most,
      description,
    }),
  )

const reference = (description: string) => Type.String({ minLength: 1, maxLength: 64, description })

const product = Type.Object({
  productId: Type.Optional(
    Type.Unsafe<string | number | null>({
      type: ['string', 'number', 'null'],
      maxLength: 64,
      description: 'Of the catalogue. Without it the item stands for itself.',
    }),
  ),
  name: Type.String({ minLength: 1, maxLength: 255, description: 'Of the product.' }),
  value: Type.Number({ minimum: 0, maximum: most, description: 'Price of one piece.' }),
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many.' }),
  isCustomItem: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], { description: 'Whether no catalogue has it.' }),
  ),
})

export const order = Type.Object(
  {
    currency: Type.String({
      pattern: '^[A-Z]{3}$',
      description: 'Of all amounts: BRL.',
    }),
    products: Type.Array(product, { minItems: 1, maxItems: 200, description: 'The items.' }),
    discount: amount('Taken off the sum.'),
    tax: amount('Added to the sum.'),
    shipping: amount('Added to the sum.'),
  },
  { description: 'What is ordered.' },
)

export const updateOfOrder = {
  message: Type.Optional(Type.String({ maxLength: 4_096, description: 'The text.' })),
  messageId: earlierId('The message with the order. It is quoted if it is kept.'),
  referenceId: reference('Of the order, as the callback told it.'),
  orderRequestId: reference('Of the order, as the callback told it.'),
  orderStatus: Type.Enum(['pending', 'processing', 'shipped', 'completed', 'canceled'], {
    description: 'Where the order stands.',
  }),
  paymentStatus: Type.Enum(['pending', 'paid'], { description: 'Whether it is paid.' }),
  order,
}

type Sums = Pick<OrderContent, 'currency' | 'items' | 'discount' | 'tax' | 'shipping'>

export function sumsOf({
  currency,
  products,
  discount,
  tax,
  shipping,
}: Static<typeof order>): Sums {
  return {
    currency,
    items: products.map(itemOf),
    discount: discount ?? undefined,
    tax: tax ?? undefined,
    shipping: shipping ?? undefined,
  }
}

function itemOf(
  { productId, name, value, quantity, isCustomItem }: Static<typeof product>,
  index: number,
): OrderItem {
  const given = String(productId ?? '')
  return {
    productId: given === '' ? `custom-item-${index + 1}` : given,
    name,
    quantity,
    amount: value,
    isCustomItem: isCustomItem ?? given === '',
  }
}

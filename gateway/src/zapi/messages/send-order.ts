import { Type } from 'typebox'
import type { OrderContent } from '../../domain/content/order.js'
import { newOrderReference } from '../../runtime/ids.js'
import { order, sumsOf } from '../reading/shop.js'
import { send } from '../send.js'

const keyTypes = {
  cpf: 'CPF',
  cnpj: 'CNPJ',
  phone: 'PHONE',
  email: 'EMAIL',
  randomKey: 'EVP',
} as const

const pix = Type.Object(
  {
    key: Type.String({ minLength: 1, maxLength: 140, description: 'The key.' }),
    keyType: Type.Enum(['cpf', 'cnpj', 'phone', 'email', 'randomKey'], {
      description: 'What the key is.',
    }),
    name: Type.String({ minLength: 1, maxLength: 255, description: 'Whose key it is.' }),
  },
  { description: 'A Pix key to pay to.' },
)

export const sendOrder = send({
  path: '/send-order',
  takes: 'text',
  summary: 'Sends an order to review and pay.',
  description:
    "Only WhatsApp Business has orders. If WhatsApp refuses it, the items, the sum and the Pix key go as plain text. The order's ids come with your own messages, as reviewAndPay.",
  body: {
    message: Type.Optional(Type.String({ maxLength: 4_096, description: 'The text.' })),
    order,
    paymentSettings: Type.Optional(
      Type.Object(
        {
          pix: Type.Optional(pix),
          card: Type.Optional(
            Type.Object(
              { enabled: Type.Boolean({ description: 'Whether cards are taken.' }) },
              { description: 'Cards.' },
            ),
          ),
        },
        { description: 'The ways to pay.' },
      ),
    ),
  },
  example: {
    phone: '5511999999999',
    order: {
      currency: 'BRL',
      discount: 10,
      tax: 10,
      shipping: 5,
      products: [{ name: 'Camiseta', value: 150, quantity: 2 }],
    },
    paymentSettings: { card: { enabled: true } },
  },
  content: ({ message = '', order: given, paymentSettings: { pix: key, card } = {} }) => {
    const content: OrderContent = {
      kind: 'order',
      step: 'request',
      text: message,
      referenceId: newOrderReference(),
      orderRequestId: newOrderReference(),
      status: 'pending',
      payment: 'pending',
      ...sumsOf(given),
      takesCards: card?.enabled,
    }
    if (key === undefined) return content
    const { key: pixKey, keyType, name: merchantName } = key
    return { ...content, pix: { key: pixKey, keyType: keyTypes[keyType], merchantName } }
  },
})

import { Type } from 'typebox'
import { shopPhoneOf } from '../reading/shop.js'
import { send } from '../send.js'

export const sendProduct = send({
  path: '/send-product',
  takes: 'text',
  summary: 'Sends a link to a product of a catalogue.',
  description:
    "It goes as WhatsApp's own link to the product, which opens it in the app: the catalogue is not read, so name, price and image are not in the message.",
  body: {
    catalogPhone: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      description: 'The number of the business, with its country.',
    }),
    productId: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      minLength: 1,
      maxLength: 64,
      pattern: '^[0-9A-Za-z_-]+$',
      description: 'Of the product in its catalogue.',
    }),
  },
  example: {
    phone: '5511999999999',
    catalogPhone: '5511999990000',
    productId: '7190654897637620',
  },
  content: ({ catalogPhone, productId }) => {
    const url = `https://wa.me/p/${productId}/${shopPhoneOf(catalogPhone)}`
    return { kind: 'link', text: url, url, title: 'Produto', description: '' }
  },
})

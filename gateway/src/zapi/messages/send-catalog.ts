import { Type } from 'typebox'
import { optionalText } from '../reading/buttons.js'
import { shopPhoneOf } from '../reading/shop.js'
import { send } from '../send.js'

const words = {
  PT: { text: 'Veja nosso catálogo', title: 'Catálogo' },
  EN: { text: 'See our catalogue', title: 'Catalogue' },
} as const

export const sendCatalog = send({
  path: '/send-catalog',
  takes: 'text',
  summary: 'Sends a link to the catalogue of a business, with a preview.',
  description: 'WhatsApp has no message of its own for it: its apps send this link, too.',
  body: {
    catalogPhone: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      description: 'The number of the business, with its country.',
    }),
    translation: Type.Optional(
      Type.Enum(['EN', 'PT'], { description: 'Of the texts that are not given. PT if unset.' }),
    ),
    message: optionalText('Above the link.'),
    title: optionalText('Of the preview.'),
    catalogDescription: optionalText('Of the preview.'),
  },
  example: { phone: '5511999999999', catalogPhone: '5511999990000' },
  content: ({ catalogPhone, translation = 'PT', message, title, catalogDescription }) => {
    const url = `https://wa.me/c/${shopPhoneOf(catalogPhone)}`
    return {
      kind: 'link',
      text: `${message || words[translation].text}\n${url}`,
      url,
      title: title || words[translation].title,
      description: catalogDescription ?? '',
    }
  },
})

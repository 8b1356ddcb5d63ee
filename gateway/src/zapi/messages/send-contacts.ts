import { Type } from 'typebox'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { businessDescription, contactName, contactPhone, phoneOnCard } from './contact-card.js'

const mostContacts = 100
const mostPhones = 10

export const sendContacts = send({
  path: '/send-contacts',
  summary: 'Sends the cards of several contacts in one message.',
  description: 'Whether the numbers are on WhatsApp is not asked.',
  body: {
    contacts: Type.Array(
      Type.Object({
        name: contactName,
        phones: Type.Array(contactPhone, {
          minItems: 1,
          maxItems: mostPhones,
          description: `At most ${mostPhones}.`,
        }),
        businessDescription: Type.Optional(
          Type.Union([businessDescription, Type.Null()], {
            description: 'Of a business: what it does.',
          }),
        ),
      }),
      { minItems: 1, maxItems: mostContacts, description: `At most ${mostContacts} cards.` },
    ),
    ...replyAttributes,
  },
  example: {
    phone: '5511999999999',
    contacts: [
      { name: 'Recado', phones: ['5511999999999', '5511999999999'] },
      { name: 'Loja', businessDescription: 'Uma loja', phones: ['5511999999999'] },
    ],
  },
  content: ({ contacts }) => ({
    kind: 'contacts',
    contacts: contacts.map((contact, index) => ({
      name: contact.name,
      phones: contact.phones.map((phone, at) =>
        phoneOnCard(phone, `contacts.${index}.phones.${at}`),
      ),
      businessDescription: contact.businessDescription ?? undefined,
    })),
  }),
})

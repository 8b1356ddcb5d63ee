import { Type } from 'typebox'
import { replyAttributes } from '../message-context.js'
import { send } from '../send.js'
import { businessDescription, contactName, contactPhone, phoneOnCard } from './contact-card.js'

export const sendContact = send({
  path: '/send-contact',
  summary: 'Sends the card of a contact.',
  description: 'Whether the number is on WhatsApp is not asked.',
  body: {
    contactName,
    contactPhone,
    contactBusinessDescription: Type.Optional(businessDescription),
    ...replyAttributes,
  },
  example: { phone: '5511999999999', contactName: 'Recado', contactPhone: '5511999999999' },
  content: (body) => ({
    kind: 'contacts',
    contacts: [
      {
        name: body.contactName,
        phones: [phoneOnCard(body.contactPhone, 'contactPhone')],
        businessDescription: body.contactBusinessDescription,
      },
    ],
  }),
})

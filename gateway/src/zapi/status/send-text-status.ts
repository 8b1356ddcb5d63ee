import { Type } from 'typebox'
import { send } from '../send.js'

/** WhatsApp's apps take no longer text. */
const longestText = 700

export const sendTextStatus = send({
  path: '/send-text-status',
  summary: 'Posts a text as a status.',
  description:
    'The people see it for 24 hours whom the phone chose under Settings, Privacy, Status: all saved contacts, all but some, or some alone. A DeliveryCallback tells when it is posted.',
  recipients: 'status',
  tag: 'status',
  body: {
    message: Type.String({ minLength: 1, maxLength: longestText, description: 'The text.' }),
  },
  example: { message: 'Aberto até as 22h' },
  content: ({ message: text }) => ({ kind: 'text', text }),
})

import { Type } from 'typebox'
import { send } from '../send.js'

/** WhatsApp's apps take no longer texts. */
const longestText = 65_536

export const sendText = send({
  path: '/send-text',
  summary: 'Sends a text.',
  description: 'WhatsApp formatting applies: *bold*, _italic_, ~struck~, ```code```.',
  body: {
    message: Type.String({ minLength: 1, maxLength: longestText, description: 'The text.' }),
  },
  notBuilt: [
    'messageId',
    'privateAnswer',
    'editMessageId',
    'mentioned',
    'groupMentioned',
    'mentionAll',
  ],
  example: { phone: '5511999999999', message: 'Bem-vindo ao *Recado*' },
  content: ({ message }) => ({ kind: 'text', text: message }),
})

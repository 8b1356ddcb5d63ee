import { Type } from 'typebox'
import { edit } from '../../domain/content/edit.js'
import { earlierId, mentionAttributes, replyAttributes } from '../message-context.js'
import { send } from '../send.js'

/** WhatsApp's apps take no longer texts. */
const longestText = 65_536

export const sendText = send({
  path: '/send-text',
  summary: 'Sends a text, also as an answer, with mentions, or in place of an earlier one.',
  description:
    'WhatsApp formatting applies: *bold*, _italic_, ~struck~, ```code```. An edit is shown by apps for about 20 minutes after the message; WhatsApp takes it for 7 days, and the DeliveryCallback has a `warning` then.',
  body: {
    message: Type.String({ minLength: 1, maxLength: longestText, description: 'The text.' }),
    editMessageId: Type.Optional(
      earlierId('An own text, in whose place this one is shown. Nothing new is sent.'),
    ),
    ...replyAttributes,
    ...mentionAttributes,
  },
  example: { phone: '5511999999999', message: 'Bem-vindo ao *Recado*' },
  content: ({ message, editMessageId }) =>
    editMessageId === undefined
      ? { kind: 'text', text: message }
      : edit(editMessageId, message, 'text'),
})

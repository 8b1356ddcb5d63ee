import { Type } from 'typebox'
import { send } from '../send.js'
import { answerDescription, answering, statusMessageId } from './answered-status.js'

/** WhatsApp's apps take no longer text. */
const longestText = 65_536

export const replyStatusText = send({
  path: '/reply-status-text',
  summary: 'Answers a status with a text.',
  description: answerDescription,
  recipients: 'people',
  tag: 'status',
  body: {
    message: Type.String({ minLength: 1, maxLength: longestText, description: 'The text.' }),
    statusMessageId,
  },
  example: {
    phone: '5511999999999',
    message: 'Parabéns!',
    statusMessageId: '3EB0A25BD6C67CBA164D3F',
  },
  content: ({ message: text, statusMessageId: status }) => ({
    kind: 'text',
    text,
    ...answering(status),
  }),
})

import { Type } from 'typebox'
import { chatOf } from '../../domain/chat.js'
import { ids } from '../answer-schemas.js'
import { recipientOf } from '../from-zapi.js'
import { earlierId } from '../message-context.js'
import { send } from '../send.js'

export const forwardMessage = send({
  path: '/forward-message',
  summary: 'Says a message once more in another chat, marked as forwarded.',
  description:
    'A file is not uploaded again. What this number wrote itself has no mark the first time. Polls, events, buttons and what is shown once cannot be forwarded.',
  body: {
    messageId: earlierId('The message, own or received.'),
    messagePhone: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      description: 'The chat in which it was said, as in phone.',
    }),
  },
  example: {
    phone: '5511999999999',
    messageId: '3EB0A25BD6C67CBA164D3F',
    messagePhone: '5511999999998',
  },
  answer: Type.Object(
    { zaapId: ids.zaapId },
    {
      description: 'The message is stored and queued. A callback tells what becomes of it.',
      examples: [{ zaapId: '019D44C1A7E07B51A3A0F3F2D5C7B9E1' }],
    },
  ),
  answerOf: ({ zaapId }) => ({ zaapId }),
  content: ({ messageId, messagePhone }) => ({
    kind: 'forward',
    target: messageId,
    from: chatOf(recipientOf(messagePhone)),
  }),
})

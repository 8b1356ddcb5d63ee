import { earlierId } from '../message-context.js'
import { send } from '../send.js'

export const sendRemoveReaction = send({
  path: '/send-remove-reaction',
  summary: 'Takes the own reaction to a message back.',
  description: 'Without a reaction nothing changes.',
  body: { messageId: earlierId('The message, own or received.') },
  example: { phone: '5511999999999', messageId: '3EB0A25BD6C67CBA164D3F' },
  content: ({ messageId }) => ({ kind: 'reaction', target: messageId, emoji: '' }),
})

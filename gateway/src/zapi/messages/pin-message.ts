import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { earlierId } from '../message-context.js'
import { send } from '../send.js'

const seconds = { '24_hours': 86_400, '7_days': 604_800, '30_days': 2_592_000 } as const

export const pinMessage = send({
  path: '/pin-message',
  summary: 'Pins a message at the top of its chat, or takes the pin away.',
  description: 'In a group whose info only admins change, the number has to be an admin.',
  body: {
    messageId: earlierId('The message, own or received.'),
    messageAction: Type.Enum(['pin', 'unpin'], { description: 'pin or unpin.' }),
    pinMessageDuration: Type.Optional(
      Type.Enum(['24_hours', '7_days', '30_days'], {
        description: 'How long. Required to pin, without effect to unpin.',
      }),
    ),
  },
  example: {
    phone: '5511999999999',
    messageId: '3EB0A25BD6C67CBA164D3F',
    messageAction: 'pin',
    pinMessageDuration: '7_days',
  },
  content: ({ messageId: target, messageAction, pinMessageDuration }) => {
    if (messageAction === 'unpin') return { kind: 'pin', target, seconds: 0 }
    if (pinMessageDuration === undefined)
      throw new InvalidRequestError('pinMessageDuration is required')
    return { kind: 'pin', target, seconds: seconds[pinMessageDuration] }
  },
})

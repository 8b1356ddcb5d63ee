import { Type } from 'typebox'
import { earlierId } from '../message-context.js'
import { send } from '../send.js'

export const sendEventResponse = send({
  path: '/send-event-response',
  summary: 'Accepts or declines an event.',
  description: 'Another answer takes the place of the first one.',
  body: {
    eventMessageId: earlierId('The event. It must be one of this chat that is kept.'),
    eventResponse: Type.Enum(['GOING', 'NOT_GOING'], { description: 'GOING or NOT_GOING.' }),
  },
  example: {
    phone: '120363019502650977-group',
    eventMessageId: '3EB0A25BD6C67CBA164D3F',
    eventResponse: 'GOING',
  },
  content: ({ eventMessageId: target, eventResponse }) => ({
    kind: 'event-reply',
    target,
    response: eventResponse === 'GOING' ? 'going' : 'not-going',
  }),
})

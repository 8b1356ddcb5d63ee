import { earlierId } from '../message-context.js'
import { send } from '../send.js'
import { eventAttributes, eventExample, eventOf } from './event-attributes.js'

export const sendEditEvent = send({
  path: '/send-edit-event',
  summary: 'Changes an own event, or calls it off.',
  description: 'Give the whole event again. People who answered keep their answers.',
  body: {
    eventMessageId: earlierId('The event. It must be one of this chat that is kept.'),
    event: eventAttributes,
  },
  example: {
    phone: '120363019502650977-group',
    eventMessageId: '3EB0A25BD6C67CBA164D3F',
    event: eventExample,
  },
  content: ({ eventMessageId: target, event }) => ({
    kind: 'event-edit',
    target,
    event: eventOf(event),
  }),
})

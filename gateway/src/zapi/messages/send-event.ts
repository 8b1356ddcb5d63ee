import { send } from '../send.js'
import { eventAttributes, eventExample, eventOf } from './event-attributes.js'

export const sendEvent = send({
  path: '/send-event',
  summary: 'Sends an event that people accept or decline.',
  description: 'To a group or a person. With callLinkType WhatsApp makes a link to a call first.',
  body: { event: eventAttributes },
  example: { phone: '120363019502650977-group', event: eventExample },
  content: ({ event }) => eventOf(event),
})

import { Type } from 'typebox'
import { send } from '../send.js'
import { momentOf } from './event-time.js'

export const sendEvent = send({
  path: '/send-event',
  summary: 'Sends an event that people accept or decline.',
  description: 'To a group or a person. With callLinkType WhatsApp makes a link to a call first.',
  body: {
    event: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 100, description: 'The title.' }),
        description: Type.Optional(
          Type.Union([Type.String({ maxLength: 2_048 }), Type.Null()], {
            description: 'The text below it, at most 2048 characters.',
          }),
        ),
        dateTime: Type.String({
          minLength: 1,
          maxLength: 40,
          description: 'The begin, ISO 8601: 2026-12-24T18:00:00-03:00.',
        }),
        timeZone: Type.Optional(
          Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
            description:
              'Of a dateTime that has none: America/Sao_Paulo or UTC-3. UTC if neither says it.',
          }),
        ),
        location: Type.Optional(
          Type.Union(
            [
              Type.Object({
                name: Type.Optional(
                  Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()], {
                    description: 'As people call it.',
                  }),
                ),
              }),
              Type.Null(),
            ],
            { description: 'The place: its `name`.' },
          ),
        ),
        callLinkType: Type.Optional(
          Type.Union([Type.Enum(['voice', 'video', '']), Type.Null()], {
            description: 'Adds the link to a call of this kind: voice or video.',
          }),
        ),
        canceled: Type.Optional(
          Type.Union([Type.Boolean(), Type.Null()], {
            description: 'Shows it as called off.',
          }),
        ),
      },
      { description: 'What is planned.' },
    ),
  },
  example: {
    phone: '120363019502650977-group',
    event: {
      name: 'Confraternização',
      description: 'Fim de ano',
      dateTime: '2026-12-18T19:00:00-03:00',
      location: { name: 'Escritório' },
      callLinkType: 'voice',
      canceled: false,
    },
  },
  content: ({ event }) => ({
    kind: 'event',
    name: event.name,
    description: event.description ?? '',
    startsAt: momentOf(event.dateTime, event.timeZone || undefined),
    place: event.location?.name ?? '',
    call: event.callLinkType || undefined,
    isCanceled: event.canceled ?? false,
  }),
})

/** An event as callers describe it, for a new one and for the edit of one. */

import { type Static, Type } from 'typebox'
import type { EventContent } from '../../domain/content/event.js'
import { timeOfEvent } from './event-time.js'

export const eventAttributes = Type.Object(
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
)

export const eventExample = {
  name: 'Confraternização',
  description: 'Fim de ano',
  dateTime: '2026-12-18T19:00:00-03:00',
  location: { name: 'Escritório' },
  callLinkType: 'voice',
  canceled: false,
}

/** Throws `InvalidRequestError` for a date that cannot be read. */
export function eventOf(event: Static<typeof eventAttributes>): EventContent {
  return {
    kind: 'event',
    name: event.name,
    description: event.description ?? '',
    startsAt: timeOfEvent(event.dateTime, event.timeZone || undefined),
    place: event.location?.name ?? '',
    call: event.callLinkType || undefined,
    isCanceled: event.canceled ?? false,
  }
}

/** A business profile in Z-API's words. */

import { Type } from 'typebox'
import type { BusinessProfile } from '../../domain/business.js'
import { categoryAnswer } from './categories-list.js'
import { hoursAnswer } from './opening-hours.js'

export const category = Type.Object({
  displayName: Type.String({ description: 'The name that people see.' }),
  label: Type.String({ description: 'The name for programs.' }),
  id: Type.String({ description: "WhatsApp's id." }),
})

const orNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description })

const day = Type.Object({
  dayOfWeek: Type.String({ description: 'SUNDAY to SATURDAY.' }),
  openTime: orNull('When it opens. null where the mode has no hours.'),
  closeTime: orNull('When it closes. null where the mode has no hours.'),
})

const hours = Type.Unsafe<object | null>({
  ...Type.Object({
    timezone: Type.String({ description: 'The IANA name of the time zone.' }),
    days: Type.Array(day, {
      description: 'The open days. A day with two openings is there twice.',
    }),
    mode: Type.String({ description: 'specificHours, open24h or appointmentOnly.' }),
  }),
  type: ['object', 'null'],
  description: 'The opening hours. null where none are set.',
})

export const profile = Type.Object(
  {
    description: Type.String({ description: 'What the business says of itself.' }),
    address: Type.String({ description: 'Its address.' }),
    email: Type.String({ description: 'Its e-mail address.' }),
    websites: Type.Array(Type.String(), { description: 'At most two.' }),
    categories: Type.Array(category, { description: 'Its categories.' }),
    businessHours: hours,
    hasCoverPhoto: Type.Boolean({ description: 'Whether it has a cover photo.' }),
  },
  {
    description: 'What WhatsApp shows now. What is not set is empty.',
    examples: [
      {
        description: 'Flores e plantas desde 1990',
        address: 'Avenida Paulista, 1000, São Paulo',
        email: 'loja@example.com',
        websites: ['https://example.com'],
        categories: [{ displayName: 'Compras e varejo', label: 'RETAIL', id: '200600219953504' }],
        businessHours: {
          timezone: 'America/Sao_Paulo',
          days: [{ dayOfWeek: 'MONDAY', openTime: '08:00', closeTime: '18:00' }],
          mode: 'specificHours',
        },
        hasCoverPhoto: false,
      },
    ],
  },
)

export function profileAnswer(found: BusinessProfile): object {
  return {
    description: found.description ?? '',
    address: found.address ?? '',
    email: found.email ?? '',
    websites: found.websites,
    categories: found.categories.map(categoryAnswer),
    businessHours: hoursAnswer(found.hours),
    hasCoverPhoto: found.hasCoverPhoto,
  }
}

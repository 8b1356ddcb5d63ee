/** The answers about callbacks that were given up, as `answer-schemas.ts` has the rest. */

import { Type } from 'typebox'

const orNull = (type: 'string' | 'integer', description: string) =>
  Type.Unsafe<string | number | null>({ type: [type, 'null'], description })

const letter = {
  id: Type.String({ description: 'The same as its header webhook-id.' }),
  type: Type.String({ description: 'What it tells: DeliveryCallback, ….' }),
  status: Type.String({ description: 'pending, dead or done.' }),
  url: Type.String({ description: 'Where it goes.' }),
  attempts: Type.Integer({ description: 'How often it was tried.' }),
  error: orNull('string', 'Why the last attempt failed.'),
  created: Type.Integer({ description: 'Milliseconds since 1970.' }),
  ended: orNull('integer', 'When it was given up, milliseconds since 1970.'),
}

const example = {
  id: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  type: 'DeliveryCallback',
  status: 'dead',
  url: 'https://example.com/whatsapp',
  attempts: 10,
  error: 'HTTP 500',
  created: 1_795_600_000_000,
  ended: 1_795_860_000_000,
}

export const deadCallbacks = Type.Object(
  {
    callbacks: Type.Array(Type.Object(letter), { description: 'At most 100, the oldest first.' }),
    next: orNull('string', 'Asks for the next page as `after`; null on the last one.'),
  },
  { description: 'One page.', examples: [{ callbacks: [example], next: null }] },
)

export const oneCallback = Type.Object(
  {
    ...letter,
    body: Type.Optional(
      Type.Unknown({ description: 'Only where it is asked for; null once it is forgotten.' }),
    ),
  },
  { description: 'The callback.', examples: [example] },
)

export const replayed = Type.Object(
  { replayed: Type.Integer({ description: 'How many go again.' }) },
  { description: 'They are in line again.', examples: [{ replayed: 1 }] },
)

export const signingSecret = Type.Object(
  {
    webhookSecret: Type.String({ description: 'What callbacks of this instance are signed with.' }),
  },
  {
    description: 'Keep it secret.',
    examples: [{ webhookSecret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' }],
  },
)

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { digitsOf } from '../from-zapi.js'
import { notConnected } from '../refusals.js'
import { lookUp, phoneExistsAnswer, phoneExistsExample } from './phone-lookup.js'

export const phoneExistsBatch = endpoint({
  method: 'POST',
  path: '/phone-exists-batch',
  tag: 'contacts',
  summary: 'Tells which of many numbers are on WhatsApp.',
  description:
    'At most 50,000, in the given order. WhatsApp is asked about 200 at once, with rests; an answer is given again for ten minutes. WhatsApp restricts numbers that ask about many strangers: ask for no more than you need.',
  keepBlanks: true,
  takes: 'list',
  body: {
    phones: Type.Array(Type.Unknown(), {
      maxItems: 50_000,
      description: 'Numbers with their country.',
    }),
  },
  example: { phones: ['5511999999999'] },
  audit: { none: 'it only reads' },
  answer: Type.Array(phoneExistsAnswer, {
    description: 'One for each number.',
    examples: [[phoneExistsExample]],
  }),
  refusals: { ...notConnected, 503: 'WhatsApp did not answer in time. Ask for fewer at once.' },
  handle: (caller, { body }, modules) => lookUp(caller, body.phones.map(digitsAt), modules),
})

function digitsAt(phone: unknown, index: number): string {
  try {
    return digitsOf(phone)
  } catch (cause) {
    throw new InvalidRequestError(`phones[${index}] is no phone number`, { cause })
  }
}

/** What the calls about channels read: which channel, which person. */

import { Type } from 'typebox'
import type { Recipient } from '../../domain/chat.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'

export const newsletterExample = '120363166555745933@newsletter'

const description = 'The id of the channel with its `@newsletter`, as GET /newsletter tells it.'

/** In a body. */
export const newsletterId = Type.Optional(
  Type.Unknown({ description: `Required. ${description}`, examples: [newsletterExample] }),
)

/** In a path. */
export const newsletterInPath = Type.String({ description, examples: [newsletterExample] })

/** WhatsApp takes no longer ones. */
const longestName = 100
export const longestDescription = 2_048

export const name = Type.String({
  minLength: 1,
  maxLength: longestName,
  description: 'The name of the channel.',
})

/** Missing and unreadable numbers get the same answer, so none is checked here. */
export const phone = Type.Optional(
  Type.Unknown({
    description: 'Required. The number of the person with its country, or a LID.',
    examples: ['5511999999999'],
  }),
)

/** The digits. Throws `InvalidRequestError`. */
export function newsletterOf(given: unknown, attribute = 'id'): string {
  if (given === undefined) throw new InvalidRequestError(`${attribute} is required`)
  const text = typeof given === 'string' ? given.trim() : ''
  const digits = /^(\d{10,30})@newsletter$/u.exec(text)?.[1]
  if (digits !== undefined) return digits
  throw new InvalidRequestError(
    `${attribute} is no channel. Give its id as GET /newsletter tells it, such as ${newsletterExample}.`,
  )
}

/** Throws `InvalidRequestError`. */
export function personOf(phoneGiven: unknown): Recipient {
  const asked = recipientOf(phoneGiven)
  if (asked.kind === 'person' || asked.kind === 'lid') return asked
  throw new InvalidRequestError('Invalid phone: give the number of a person')
}

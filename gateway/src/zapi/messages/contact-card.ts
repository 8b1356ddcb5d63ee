/** What stands on the card of a contact. */

import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { digitsOf } from '../from-zapi.js'

export const contactName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'The name on the card.',
})

/** Its form is checked where it is read. */
export const contactPhone = Type.Unsafe<string | number>({
  type: ['string', 'number'],
  description: 'The number on the card, with its country: 5511999999999.',
})

export const businessDescription = Type.String({
  maxLength: 1_000,
  description: 'Of a business: what it does.',
})

/** Digits with their country. Throws `InvalidRequestError` naming the attribute. */
export function phoneOnCard(phone: string | number, attribute: string): string {
  try {
    return digitsOf(phone)
  } catch (cause) {
    if (!(cause instanceof InvalidRequestError)) throw cause
    throw new InvalidRequestError(
      `${attribute} must be a number with its country, as in 5511999999999`,
      { cause },
    )
  }
}

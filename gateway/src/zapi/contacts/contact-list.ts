/** What the two calls share that change the address book. */

import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { digitsOf } from '../from-zapi.js'

/** WhatsApp takes them one by one. */
export const mostContacts = 100

export const contactsAnswer = Type.Object(
  {
    success: Type.Boolean({ description: 'Whether all of them are done.' }),
    errors: Type.Array(
      Type.Object({
        phone: Type.String({ description: 'As it was given, digits only.' }),
        error: Type.String({ description: 'Why it was left out.' }),
      }),
      { description: 'Those that are not.' },
    ),
  },
  { description: 'It holds from now on.', examples: [{ success: true, errors: [] }] },
)

/** Throws `InvalidRequestError`. */
export function phoneIn(phone: unknown, attribute: string): string {
  try {
    return digitsOf(phone)
  } catch (cause) {
    throw new InvalidRequestError(
      `${attribute} is no phone number. Give it with its country, such as 5511999999999.`,
      { cause },
    )
  }
}

export function problemsOf(notOnWhatsapp: readonly string[]) {
  const errors = notOnWhatsapp.map((phone) => ({ phone, error: 'It is not on WhatsApp.' }))
  return { success: errors.length === 0, errors }
}

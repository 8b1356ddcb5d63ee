import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'

/** WhatsApp takes no longer names. */
const longestName = 100

export const groupName = Type.String({
  minLength: 1,
  maxLength: longestName,
  description: 'The name of the group.',
})

/** Throws `InvalidRequestError`. */
export function nameIn(given: string, attribute = 'groupName'): string {
  const name = given.trim()
  if (name === '') throw new InvalidRequestError(`${attribute} is empty`)
  return name
}

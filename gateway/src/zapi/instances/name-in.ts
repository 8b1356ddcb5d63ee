import { InvalidRequestError } from '../error-replies.js'

/** Throws `InvalidRequestError` for a blank name. */
export function nameIn(value: string): string {
  const name = value.trim()
  if (name === '') throw new InvalidRequestError('value must not be blank')
  return name
}

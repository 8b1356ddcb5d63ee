import { Type } from 'typebox'
import type { Recipient } from '../../domain/chat.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'

/** The person who logs in. */
export const addressee = {
  phone: Type.Optional(
    Type.Unknown({ description: 'Required. A person: a number with or without mask, or `…@lid`.' }),
  ),
}

/** Throws `InvalidRequestError`. */
export function addresseeOf(
  given: unknown,
): Extract<Recipient, { readonly kind: 'person' | 'lid' }> {
  const recipient = recipientOf(given)
  if (recipient.kind === 'person' || recipient.kind === 'lid') return recipient
  throw new InvalidRequestError('phone must be a person: a group does not log in')
}

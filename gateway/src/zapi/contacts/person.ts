import type { Recipient } from '../../domain/chat.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'

/** Throws `InvalidRequestError`. */
export function personIn(phone: unknown): Exclude<Recipient, { kind: 'group' }> {
  const asked = recipientOf(phone)
  if (asked.kind === 'group') throw new InvalidRequestError('Invalid phone: a group is no person')
  return asked
}

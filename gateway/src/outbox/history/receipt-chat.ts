/**
 * Decides whether a receipt from a chat can be about a message of ours.
 *
 * WhatsApp lets any account send a receipt for any message id, so an id alone proves
 * nothing: a stranger who learns one could make us tell that a code was read.
 */

import { formsOf } from '../../domain/phone-forms.js'
import { type ChatId, chatKey, chatOf, type PersonId, type Recipient } from '../../domain/chat.js'

/**
 * `sentTo` is the chat that WhatsApp resolved the recipient to, as soon as it has.
 *
 * A person is named now by number, now by LID. Where the two names cannot be
 * compared the answer is yes: that is so only for who has no known LID.
 */
export function mayConcern(
  from: ChatId,
  { recipient, sentTo }: { readonly recipient: Recipient; readonly sentTo?: ChatId | undefined },
): boolean {
  const asked = chatOf(recipient)
  if (from.kind !== 'person' || asked.kind !== 'person') return chatKey(from) === chatKey(asked)
  const named: readonly PersonId[] = sentTo?.kind === 'person' ? [asked, sentTo] : [asked]
  const phones = named.flatMap(({ phone }) => (phone === undefined ? [] : formsOf(phone)))
  const lids = named.flatMap(({ lid }) => lid ?? [])
  if (from.phone !== undefined && phones.includes(from.phone)) return true
  if (from.lid !== undefined && lids.includes(from.lid)) return true
  const isPhoneComparable = from.phone !== undefined && phones.length > 0
  const isLidComparable = from.lid !== undefined && lids.length > 0
  return !isPhoneComparable && !isLidComparable
}

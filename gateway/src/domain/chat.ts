/** Whom a caller writes to, and the conversation that it resolves to. */

import { oneFormOf } from './phone-forms.js'

/** Whom the caller wrote to, as they named them. */
export type Recipient =
  /** Digits only: country, area, number. Not yet checked against WhatsApp. */
  | { readonly kind: 'person'; readonly phone: string }
  /** The digits of a LID, WhatsApp's number-free name of a person. */
  | { readonly kind: 'lid'; readonly lid: string }
  /** `120363019502650977`, or the older form `5511999999999-1623281429`. */
  | { readonly kind: 'group'; readonly group: string }
  /** A channel that this number runs. Its digits. */
  | { readonly kind: 'newsletter'; readonly newsletter: string }
  /** The status (story) of this number, which its contacts see for 24 hours. */
  | { readonly kind: 'status' }

/** A person as WhatsApp knows them. At least one of the two is present. */
export interface PersonId {
  /** Digits only, in WhatsApp's canonical form (`phone-forms.ts`: it may lack a digit that people dial). */
  readonly phone?: string | undefined
  /** Digits only. */
  readonly lid?: string | undefined
}

/** A conversation as WhatsApp knows it. */
export type ChatId =
  | ({ readonly kind: 'person' } & PersonId)
  | { readonly kind: 'group'; readonly group: string }
  /** A channel. Its digits. */
  | { readonly kind: 'newsletter'; readonly newsletter: string }
  /** A list of people whom this number writes to at once. Its digits. */
  | { readonly kind: 'broadcast'; readonly list: string }
  /** Where people post their statuses. */
  | { readonly kind: 'status' }

/** The chat that a recipient stands for as long as WhatsApp has not been asked. */
export function chatOf(recipient: Recipient): ChatId {
  switch (recipient.kind) {
    case 'person':
      return { kind: 'person', phone: recipient.phone }
    case 'lid':
      return { kind: 'person', lid: recipient.lid }
    case 'group':
      return { kind: 'group', group: recipient.group }
    case 'newsletter':
      return { kind: 'newsletter', newsletter: recipient.newsletter }
    case 'status':
      return { kind: 'status' }
  }
}

/**
 * One text per chat, for keeping order: two events of the same chat get the
 * same key. A person is keyed by phone where it is known, else by LID.
 */
export function chatKey(chat: ChatId): string {
  if (chat.kind === 'group') return `group:${chat.group}`
  if (chat.kind === 'newsletter') return `newsletter:${chat.newsletter}`
  if (chat.kind === 'broadcast') return `broadcast:${chat.list}`
  if (chat.kind === 'status') return 'status'
  return chat.phone === undefined ? `lid:${chat.lid}` : `person:${chat.phone}`
}

/** The same, but every form of a number has one key: for keeping the order within a conversation. */
export function conversationKey(chat: ChatId): string {
  const { phone } = chat.kind === 'person' ? chat : {}
  return phone === undefined ? chatKey(chat) : chatKey({ kind: 'person', phone: oneFormOf(phone) })
}

export function isSamePerson(one: PersonId, other: PersonId): boolean {
  return (
    (one.phone !== undefined && one.phone === other.phone) ||
    (one.lid !== undefined && one.lid === other.lid)
  )
}

/** Surely not the same: one that is known by number only may be one that is known by LID only. */
export function isOtherPerson(one: PersonId, other: PersonId): boolean {
  if (isSamePerson(one, other)) return false
  const phones = one.phone !== undefined && other.phone !== undefined
  return phones || (one.lid !== undefined && other.lid !== undefined)
}

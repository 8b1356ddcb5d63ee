/** What WhatsApp tells of the chats, people and groups of a number, most of it only once. */

import type { ChatId, PersonId } from './chat.js'
import type { GroupInfo } from './group.js'
import type { LabelFact } from './label.js'
import type { PrivacyFact } from './privacy.js'
import type { EpochMs } from './time.js'

/** A missing attribute was not told, and leaves what is known as it is. */
export interface ChatFacts {
  readonly name?: string | undefined
  readonly isArchived?: boolean | undefined
  /** `null`: not pinned. */
  readonly pinnedAt?: EpochMs | null | undefined
  /** `null`: not muted. */
  readonly mutedUntil?: EpochMs | 'always' | null | undefined
  readonly unread?: number | undefined
  readonly isMarkedUnread?: boolean | undefined
  /** Reported as spam, or not accepted yet. */
  readonly isSpam?: boolean | undefined
  /** The group in which a community tells its news. */
  readonly isAnnouncement?: boolean | undefined
  /** After how long messages disappear; 0 is never. */
  readonly timerSeconds?: number | undefined
  readonly lastMessageAt?: EpochMs | undefined
}

/** The same. An empty text says that there is none. */
export interface ContactFacts {
  /** In the phone's address book. */
  readonly name?: string | undefined
  readonly shortName?: string | undefined
  /** What the person calls themself. */
  readonly pushName?: string | undefined
  /** Of a business, as WhatsApp checked it. */
  readonly verifiedName?: string | undefined
  readonly about?: string | undefined
  readonly isSaved?: boolean | undefined
}

export type DirectoryFact =
  | { readonly kind: 'chat'; readonly chat: ChatId; readonly facts: ChatFacts }
  /** What was said until then was erased from it. */
  | { readonly kind: 'chat-cleared'; readonly chat: ChatId; readonly until: EpochMs }
  | { readonly kind: 'chat-deleted'; readonly chat: ChatId; readonly at: EpochMs }
  | { readonly kind: 'contact'; readonly person: PersonId; readonly facts: ContactFacts }
  | { readonly kind: 'group'; readonly group: GroupInfo }
  /** The number is no longer in it. */
  | { readonly kind: 'group-left'; readonly group: string }
  | LabelFact
  | PrivacyFact

/**
 * How much a fact counts: what is told as it happens replaces what is known, the history fills in
 * what is missing. So the parts of a history may come late, twice and in any order.
 */
export type FactSource = 'told' | 'history'

export interface KnownChat extends ChatFacts {
  readonly chat: ChatId
}

export interface KnownContact extends ContactFacts {
  readonly person: PersonId
}

/** A part of a list: from `offset`, at most `limit` rows. */
export interface Page {
  readonly offset: number
  readonly limit: number
}

/** WhatsApp tells most names whole; Z-API's callers want the first one beside it. */
export function firstNameOf(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? ''
}

/** What this number shows of itself, and to whom. */

import type { PersonId, Recipient } from './chat.js'

/** Settings that may leave out single people. */
export type ListedSetting = 'last-seen' | 'picture' | 'about' | 'group-adds'

/** `all-but`: the contacts without those on the list of the setting. */
export type Audience = 'all' | 'contacts' | 'none' | 'all-but'

/** Who sees that the number is online: everyone, or the people who see when it was last online. */
export type OnlineAudience = 'all' | 'as-last-seen'

/** What a number has chosen. A missing attribute was not told. */
export interface PrivacyFacts extends Partial<Readonly<Record<ListedSetting, Audience>>> {
  readonly online?: OnlineAudience
  readonly readReceipts?: boolean
  /** After how many seconds messages of new chats disappear. 0: never. */
  readonly defaultTimer?: number
}

/** The blocked people, or those whom a setting leaves out. */
export type PrivacyList = 'blocked' | ListedSetting

/** A list is told as a whole, or a change of it. */
export type PrivacyFact =
  | { readonly kind: 'privacy'; readonly facts: PrivacyFacts }
  | {
      readonly kind: 'privacy-list'
      readonly list: PrivacyList
      readonly people: readonly PersonId[]
    }
  | {
      readonly kind: 'privacy-list-changed'
      readonly list: PrivacyList
      readonly person: PersonId
      readonly isListed: boolean
    }

export interface ListChange {
  readonly person: Recipient
  readonly isExcluded: boolean
}

/** All throw `NotConnectedError`, `WhatsappRefusedError`, `WhatsappSilentError`; again is safe. */
export interface PrivacyApi {
  /** Who is on the list of the setting, under both names where they are known. */
  excluded(setting: ListedSetting): Promise<readonly PersonId[]>
  /** `changes` are made to the list in the same step; they need `all-but`. */
  setAudience(
    setting: ListedSetting,
    audience: Audience,
    changes: readonly ListChange[],
  ): Promise<void>
  setOnline(audience: OnlineAudience): Promise<void>
  setReadReceipts(areSent: boolean): Promise<void>
  /** After how long messages of new chats disappear. 0: never. */
  setDefaultTimer(seconds: number): Promise<void>
}

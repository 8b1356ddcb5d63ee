/** What this number shows of itself, and to whom. */

import type { PersonId, Recipient } from './chat.js'

/** Settings that may leave out single people. */
export type ListedSetting = 'last-seen' | 'picture' | 'about' | 'group-adds'

/** `all-but`: the contacts without those on the list of the setting. */
export type Audience = 'all' | 'contacts' | 'none' | 'all-but'

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
  /** Who sees that it is online: everyone, or the people who see when it was last seen. */
  setOnline(audience: 'all' | 'as-last-seen'): Promise<void>
  setReadReceipts(areSent: boolean): Promise<void>
  /** After how long messages of new chats disappear. 0: never. */
  setDefaultTimer(seconds: number): Promise<void>
}

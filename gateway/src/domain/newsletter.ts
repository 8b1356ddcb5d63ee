/** Channels, which Z-API calls newsletters: what WhatsApp tells of them, and what may be changed. */

import type { Recipient } from './chat.js'
import type { EpochMs } from './time.js'

export interface NewsletterInfo {
  /** The digits of its id. */
  readonly newsletter: string
  readonly name: string
  readonly description: string
  /** Unset where WhatsApp does not tell. */
  readonly subscribers?: number | undefined
  readonly createdAt?: EpochMs | undefined
  readonly isActive: boolean
  readonly isVerified: boolean
  /** The last part of its link. */
  readonly invitation?: string | undefined
  readonly pictureUrl?: string | undefined
  readonly previewUrl?: string | undefined
  readonly isMuted: boolean
  /** Of this number. */
  readonly role: NewsletterRole
}

/** A guest does not follow it. */
export type NewsletterRole = 'owner' | 'admin' | 'subscriber' | 'guest'

export type NewsletterView = 'RECOMMENDED' | 'TRENDING' | 'POPULAR' | 'NEW'

export type NewsletterSearch =
  | { readonly text: string }
  | { readonly view: NewsletterView; readonly countryCodes: readonly string[] }

/** Only what is given changes. */
export interface NewsletterChange {
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** A square JPEG. */
  readonly picture?: Uint8Array | undefined
  /** Which reactions followers may choose. */
  readonly reactions?: 'basic' | 'all' | undefined
}

/**
 * The questions and changes of an open connection that concern channels.
 *
 * All of them throw `NotConnectedError` without an open connection, `WhatsappRefusedError` when WhatsApp
 * says no, and `WhatsappSilentError` when it does not answer. Asking again is safe but for `create`.
 */
export interface NewsletterApi {
  /** Those that this number follows or runs. */
  list(): Promise<readonly NewsletterInfo[]>
  find(newsletter: string): Promise<NewsletterInfo>
  search(wish: NewsletterSearch, limit: number): Promise<readonly NewsletterInfo[]>
  /** Returns the digits of its id. */
  create(name: string, description: string): Promise<string>
  change(newsletter: string, change: NewsletterChange): Promise<void>
  delete(newsletter: string): Promise<void>
  follow(newsletter: string): Promise<void>
  unfollow(newsletter: string): Promise<void>
  setMuted(newsletter: string, isMuted: boolean): Promise<void>
  /** Opens the invitation at WhatsApp. Returns when it ends. The person learns of it by a message alone. */
  inviteAdmin(newsletter: string, person: Recipient): Promise<EpochMs | undefined>
  /** Accepts the invitation of this number. */
  acceptInvitation(newsletter: string): Promise<void>
  revokeInvitation(newsletter: string, person: Recipient): Promise<void>
  removeAdmin(newsletter: string, person: Recipient): Promise<void>
  /** This number is an admin afterwards, unless it quits. */
  transfer(newsletter: string, person: Recipient, quits: boolean): Promise<void>
}

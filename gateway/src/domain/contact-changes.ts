/** Whom this number has in its address book, blocks and reports. */

import type { PersonId, Recipient } from './chat.js'
import type { OriginalMessage } from './kept-message.js'
import type { WhatsappId } from './message-id.js'
import type { EpochMs } from './time.js'

export interface NewContact {
  /** Digits. */
  readonly phone: string
  readonly firstName: string
  readonly lastName?: string | undefined
}

/** A message of the person who is reported, as WhatsApp's reviewers get it. */
export interface Evidence {
  readonly whatsappId: WhatsappId
  readonly author: PersonId
  readonly at: EpochMs
  readonly original: OriginalMessage
}

/** All throw `NotConnectedError`, `WhatsappRefusedError`, `WhatsappSilentError`; again is safe. */
export interface ContactApi {
  /** Saves them on the phone, too. Gives those that are not on WhatsApp, which are not saved. */
  save(contacts: readonly NewContact[]): Promise<readonly string[]>
  /** Numbers (digits) that are not saved are left out. */
  remove(phones: readonly string[]): Promise<void>
  /** Blocked, the person reaches this number no more and sees nothing of it. */
  setBlocked(person: Recipient, isBlocked: boolean): Promise<void>
  report(person: Recipient, evidence: Evidence): Promise<void>
}

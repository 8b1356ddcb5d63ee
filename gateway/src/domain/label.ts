/** Labels of a WhatsApp Business account, and what its people note about a chat. */

import type { ChatId, Recipient } from './chat.js'
import type { EpochMs } from './time.js'

export interface Label {
  /** WhatsApp's number of it, from 1. */
  readonly id: string
  readonly name: string
  /** 0 to 19. */
  readonly color: number
}

export interface Note {
  /** WhatsApp's. */
  readonly id: string
  readonly content: string
  readonly createdAt: EpochMs
  readonly changedAt: EpochMs
}

/** What another device, or this one, made of labels and notes. */
export type LabelFact =
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'label-deleted'; readonly id: string }
  | {
      readonly kind: 'chat-label'
      readonly chat: ChatId
      readonly label: string
      readonly isAssigned: boolean
    }

/**
 * The changes of an open connection that concern labels and notes. All of them are settings that the phone shares.
 *
 * They throw `NotConnectedError` without an open connection, `WhatsappRefusedError` when WhatsApp says no
 * or the number is no business account, and `WhatsappSilentError` when it does not answer: again is safe.
 */
export interface LabelApi {
  /** Makes or changes it. */
  put(label: Label): Promise<void>
  delete(label: Label): Promise<void>
  assign(label: string, chat: Recipient, isAssigned: boolean): Promise<void>
  /** The only note of a chat with a person. An empty content deletes it. */
  note(chat: Recipient, note: Note): Promise<void>
}

/**
 * How a message leaves, in three steps: `EngineConnection.prepare` gets it ready, the outbox commits
 * that it is claimed together with what has to be kept, `PreparedMessage.write` writes it. Data goes
 * down, results come up.
 */

import type { ChatId, Recipient } from './chat.js'
import type { PreparedFiles } from './content/files.js'
import type { MessageContent } from './content/index.js'
import type { EarlierChange, KeptMessage } from './kept-message.js'
import type { WhatsappId } from './message-id.js'
import type { EpochMs } from './time.js'

/** What is to be sent. */
export interface EngineMessage {
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly content: MessageContent
  /** What is kept of it for messages that refer to it: the content without a code. */
  readonly keepAs: MessageContent
  /** The files of the content, by role. */
  readonly files: PreparedFiles
  /** How long to show that the message is being typed, before it is written. */
  readonly typingMs: number
  /** From this moment on it must not leave any more. */
  readonly expiresAt?: EpochMs | undefined
  /**
   * Build new Signal sessions first. Needed after a process death in the
   * middle of a send: the stored ratchet may be behind the one on the wire.
   */
  readonly renewEncryption: boolean
}

/** A message that is ready to leave. Nothing has left yet; dropping it is safe. */
export interface PreparedMessage {
  readonly kind: 'prepared'
  /** What has to be stored in the transaction of the claim, before `write`. */
  readonly keep: ToKeep
  /** `false` once its connection has ended: prepare it again on the next one. */
  isUsable(): boolean
  /**
   * Shows the typing, looks at `expiresAt` right before the write, and writes. Resolves as soon as the
   * message is on the socket, or says why it is not. Never throws. Call it once, when `keep` is committed.
   */
  write(): Promise<Written>
}

/** What is stored of a message before anything of it can leave. */
export interface ToKeep {
  /** What a device that could not decrypt the message gets when it asks again. It holds the code. */
  readonly resendCopy: Uint8Array
  /** For messages that refer to it, without a code. `undefined` for what nothing can refer to. */
  readonly message: KeptMessage | undefined
  /** Applied in the transaction that says that the message was sent. */
  readonly change?: EarlierChange | undefined
  /** The mark that the Signal ratchets of the chat may be ahead of the store. The engine removes it. */
  readonly ratchetMark: EngineKey
}

/** A key of the engine, as it is stored beside its Signal keys. */
export interface EngineKey {
  readonly type: string
  readonly id: string
  readonly value: Uint8Array
}

export type Written =
  | NotWritten
  | {
      readonly kind: 'written'
      /** What the server says of it. Never rejects. */
      readonly acknowledged: Promise<Acknowledgement>
    }

/** Why surely nothing was written. */
export type NotWritten =
  /** The number is not on WhatsApp. */
  | { readonly kind: 'no-such-recipient' }
  /** WhatsApp takes nothing for this recipient, and trying again at once does not help. */
  | { readonly kind: 'recipient-unreachable'; readonly why: Unreachable }
  /** WhatsApp's media server refused a file for good, with this HTTP status. */
  | { readonly kind: 'file-refused'; readonly status: number; readonly cause: unknown }
  /** The content cannot be sent: it refers to a message that is not kept, say. */
  | { readonly kind: 'not-possible'; readonly why: NotPossible }
  /** Its time was over right before the write. */
  | { readonly kind: 'too-late' }
  | NotSent

/** Surely nothing arrived (not connected, look-up or upload failed, address out of date). Sending again is safe. */
export interface NotSent {
  readonly kind: 'not-sent'
  readonly cause: unknown
}

/**
 * The server's refusal of a message to a person whom the number never wrote to: it may start no new
 * conversation for a time, or something is wrong with this one contact. Every further try makes it worse.
 */
export const strangerRefusal = 463

/** The server's word on a message that was written. */
export type Acknowledgement =
  | {
      readonly kind: 'sent'
      readonly at: EpochMs
      readonly chat: ChatId
      /** The number that a channel gave the message. Reactions to it name that number. */
      readonly serverId?: string | undefined
    }
  /** The server refused it with this code; it did not arrive. `newChats` is asked after a `strangerRefusal`. */
  | {
      readonly kind: 'refused'
      readonly code: number
      readonly newChats?: NewChats | undefined
    }
  /** The server does not know the address. It is asked for again at the next try. */
  | NotSent
  /** No word in time. Send it again under the same id. */
  | { readonly kind: 'unknown'; readonly cause: unknown }

/** How an attempt to send a message ended. */
export type SendResult = NotWritten | Acknowledgement

export type Unreachable =
  /** Asked twice, WhatsApp did not say whether the number is registered. */
  'unanswered' | 'no-such-group' | 'not-a-member'

/** Why a message that refers to an earlier one cannot be sent. */
export type NotPossible =
  | 'unknown-message'
  | 'nothing-to-forward'
  /** WhatsApp forwards no messages of this kind: polls, events, what is shown once. */
  | 'not-forwardable'
  /** Only its author edits or deletes it. */
  | 'not-own'
  /** It has no text, or no caption, that could be changed. */
  | 'not-editable'
  | 'edit-too-late'
  /** The message has no button of this id that answers it. */
  | 'no-such-button'
  /** It is no poll or event, or its secret did not come with it. */
  | 'not-answerable'
  /** The poll does not have it, or takes fewer at once. */
  | 'no-such-option'
  /** WhatsApp did not open the invitation to the channel. */
  | 'no-invitation'

/** WhatsApp's word on whether this number may start conversations. */
export type NewChats =
  | { readonly kind: 'free' }
  /** It may go on with those that it has. */
  | { readonly kind: 'locked'; readonly until?: EpochMs | undefined }

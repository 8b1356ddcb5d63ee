/** What we say in a chat; `incoming-message.ts` is what others say. */

import type { Recipient } from './chat.js'
import type { InstanceId } from './instance.js'
import type { MessageStatus } from './message-status.js'
import type { EpochMs } from './time.js'

declare const brand: unique symbol

/** UUIDv7 without dashes, upper case: it tells when the message was accepted. */
export type MessageId = string & { readonly [brand]: 'MessageId' }

/** The id WhatsApp knows the message by. Chosen when the message is accepted, so a resend is the same message. */
export type WhatsappId = string & { readonly [brand]: 'WhatsappId' }

/** An image as the caller gave it. */
export type ImageSource =
  | { readonly kind: 'url'; readonly url: string }
  /** Base64 without data-URI prefix; alphabet and length are already checked. */
  | { readonly kind: 'base64'; readonly base64: string }

/** What the caller wants said. */
export type MessageContent =
  | {
      readonly kind: 'otp-button'
      readonly text: string
      readonly code: string
      readonly buttonText: string
      readonly image?: ImageSource | undefined
    }
  /** Also what an `otp-button` becomes when WhatsApp refuses buttons. */
  | { readonly kind: 'text'; readonly text: string; readonly image?: ImageSource | undefined }

/** An image that any phone can show. */
export interface PreparedImage {
  readonly jpeg: Uint8Array
  /** JPEG, at most 100 pixels on its longer side. */
  readonly thumbnail: Uint8Array
  readonly width: number
  readonly height: number
}

/** Content whose image, if any, has been fetched and transcoded. */
export type PreparedContent =
  | {
      readonly kind: 'otp-button'
      readonly text: string
      readonly code: string
      readonly buttonText: string
      readonly image?: PreparedImage | undefined
    }
  | { readonly kind: 'text'; readonly text: string; readonly image?: PreparedImage | undefined }

/** A button that WhatsApp refused, and the plain text that went in its place. */
export interface Fallback {
  /** WhatsApp's code: 405, 473 or 479. */
  readonly refusalCode: number
  /** The id under which the button was refused. The text goes under a new one. */
  readonly refusedWhatsappId: WhatsappId
}

/** A row of the outbox. */
export interface OutgoingMessage {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly content: MessageContent
  readonly status: MessageStatus
  readonly acceptedAt: EpochMs
  /** From this moment on it must not leave any more. */
  readonly expiresAt?: EpochMs | undefined
  /** The wait that its caller asks for between this message and the next. */
  readonly gapAfterMs?: number | undefined
  /** How long to show "typing…" before it. */
  readonly typingMs: number
  /** How often it was written to the socket. */
  readonly attempts: number
  readonly fallback?: Fallback | undefined
}

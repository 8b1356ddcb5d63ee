/** What we say in a chat; `incoming-message.ts` is what others say. */

import type { Recipient } from './chat.js'
import type { MessageContent } from './content/index.js'
import type { InstanceId } from './instance.js'
import type { MessageId, WhatsappId } from './message-id.js'
import type { MessageStatus } from './message-status.js'
import type { EpochMs } from './time.js'

export type { MessageId, WhatsappId }

/** Content that WhatsApp refused, and that went as plain text instead. */
export interface Fallback {
  /** WhatsApp's code: 405, 473 or 479. */
  readonly refusalCode: number
  /** The id under which it was refused. The text goes under a new one. */
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

/** What we say in a chat; `incoming-message.ts` is what others say. */

import type { Recipient } from './chat.js'
import type { ContentKind, MessageContent } from './content/index.js'
import type { InstanceId } from './instance.js'
import type { MessageId, WhatsappId } from './message-id.js'
import type { MessageStatus } from './message-status.js'
import type { Priority } from './priority.js'
import type { InPool } from './pool.js'
import type { EpochMs } from './time.js'

export type { MessageId, WhatsappId }

/** Content that goes in another form than its caller gave it. */
export interface Fallback {
  /** WhatsApp's code where it refused the form before: 405, 473 or 479. */
  readonly refusalCode?: number | undefined
  /** The id under which it was refused. This form goes under a new one. */
  readonly refusedWhatsappId?: WhatsappId | undefined
  /** Why, where WhatsApp was not asked: the setting of the instance, or that few phones show the kind in groups. */
  readonly because?: 'setting' | 'group' | undefined
  /** What it is now. Unset on rows of before version 0.2: a text, which may hold a code that is not marked as one. */
  readonly sentAs?: ContentKind | undefined
  /** The message that this one says again, or the rest of. */
  readonly partOf?: MessageId | undefined
}

/** A row of the outbox. */
export interface OutgoingMessage {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly content: MessageContent
  readonly status: MessageStatus
  readonly priority: Priority
  readonly acceptedAt: EpochMs
  /** From this moment on it must not leave any more. */
  readonly expiresAt?: EpochMs | undefined
  /** When its caller is to be told that it is not sent yet. */
  readonly undeliverableAt?: EpochMs | undefined
  /** The wait that its caller asks for between this message and the next. */
  readonly gapAfterMs?: number | undefined
  /** How long to show "typing…" before it. */
  readonly typingMs: number
  /** How often it was written to the socket. */
  readonly attempts: number
  readonly fallback?: Fallback | undefined
  /** As soon as WhatsApp has it, the same is queued as plain text. */
  readonly alsoAsText?: true | undefined
  /** Where it was accepted for a pool; `instanceId` is the member that has it now. */
  readonly pool?: InPool | undefined
}

/** What the outbox is asked, and what it answers. */

import type { Transaction } from '../db/database.js'
import { type ChatId, type Recipient } from '../domain/chat.js'
import type { MessageContent } from '../domain/content/index.js'
import type { MessageId } from '../domain/message.js'
import { type ReceiptStatus } from '../domain/message-status.js'
import type { Priority } from '../domain/priority.js'
import type { InPool } from '../domain/pool.js'
import type { EpochMs } from '../domain/time.js'
import { type Accepted } from './limits/admission.js'

/** What a caller wants sent, already checked. */
export interface Submission {
  readonly recipient: Recipient
  readonly content: MessageContent
  readonly gapAfterMs?: number | undefined
  readonly typingMs?: number | undefined
  /** 30 to 86,400. Without it the kind of content decides. */
  readonly expiresInSeconds?: number | undefined
  /** Unset: `high` for what expires, else `normal`. */
  readonly priority?: Priority | undefined
  /** The pool that it is sent for; the instance is a member of it. Keys and codes count for the pool. */
  readonly pool?: Pick<InPool, 'id' | 'onUnknown'> | undefined
}

/** How a caller asks, besides what. */
export interface AcceptOptions {
  /** Names the request: under the same name the same request is accepted once, for 48 hours. */
  readonly idempotencyKey?: string | undefined
  /** What makes two requests under one key the same one. The submission, unless part of it was made up for it. */
  readonly parameters?: object | undefined
  /**
   * Stores what belongs to a message that is new, in its transaction and alone
   * with the instance. What it throws refuses the message.
   */
  readonly alongside?: ((message: Accepted, transaction: Transaction) => Promise<void>) | undefined
}

/** The same message for several people, as it was accepted. */
export interface AcceptedCopies {
  /** The one that stands for all of them. */
  readonly first: Accepted
  readonly copies: readonly { readonly recipient: Recipient; readonly accepted: Accepted }[]
}

/** What a receipt says of a message of ours. */
export interface ReceiptWord {
  readonly status: ReceiptStatus
  readonly at: EpochMs
  /** The chat that it comes from. */
  readonly chat: ChatId
  /** The number that a channel gave the message. */
  readonly serverId?: string | undefined
}

/** A message of ours after a receipt. */
export interface Advanced {
  readonly messageId: MessageId
  readonly recipient: Recipient
  /** The pool that it was accepted for. */
  readonly pool: InPool | undefined
  /** When it came to where it stands; `undefined` if it did not leave. */
  readonly at: EpochMs | undefined
  /** Whether it stood further back before. */
  readonly isNews: boolean
}

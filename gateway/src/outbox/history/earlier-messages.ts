/** What is known of the message that a message of ours is about. */

import type { Transaction } from '../../db/database.js'
import { type ChatId, chatOf, type Recipient } from '../../domain/chat.js'
import { type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { ContentPlace } from '../../domain/content/traits.js'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageReference } from '../../domain/kept-message.js'
import type { MessageTarget } from '../../domain/message-target.js'
import type { WhatsappId } from '../../domain/message-id.js'
import type { EpochMs } from '../../domain/time.js'

export interface EarlierMessage {
  readonly target: MessageTarget
  readonly at: EpochMs
  /** Without the way to its files. */
  readonly content?: IncomingContent | undefined
}

/** The messages that are kept. */
export interface EarlierPort {
  find(
    instanceId: InstanceId,
    reference: MessageReference,
    query: Transaction['query'],
  ): Promise<EarlierMessage | undefined>
  /** Makes of the earlier message what was kept with the claim of ours, and keeps the number of ours. */
  sent(
    message: { readonly instanceId: InstanceId; readonly whatsappId: WhatsappId },
    news: { readonly chat: ChatId; readonly serverId?: string | undefined },
    query: Transaction['query'],
  ): Promise<void>
}

export interface DatedPlace extends ContentPlace {
  /** When the earlier message was sent. */
  readonly earlierAt?: EpochMs | undefined
}

export async function placeOf(
  message: {
    readonly instanceId: InstanceId
    readonly recipient: Recipient
    readonly content: MessageContent
  },
  news: { readonly chat: ChatId; readonly at: EpochMs },
  earlier: Pick<EarlierPort, 'find'> | undefined,
  query: Transaction['query'],
): Promise<DatedPlace> {
  const { instanceId, recipient, content } = message
  // The chat that the caller wrote to, as in everything else that is told of the message.
  const chat = chatOf(recipient)
  const reference = traitsOf(content).earlier?.(content)
  if (reference === undefined || earlier === undefined) return { chat, at: news.at }
  const { whatsappId, chat: said = news.chat } = reference
  const found = await earlier.find(instanceId, { whatsappId, chat: said }, query)
  if (found === undefined) return { chat, at: news.at }
  return {
    chat,
    at: news.at,
    target: found.target,
    earlier: found.content,
    earlierAt: found.at,
  }
}

/**
 * What an incoming message says: a file, a card with buttons, something shared,
 * an act upon another message, or a text. Whatever WhatsApp sends for its
 * clients' own sake is `undefined`.
 *
 * Log-in codes of the Cloud API never reach a linked device: a placeholder comes
 * in their place, and no resend brings the content.
 */

import { normalizeMessageContent, proto } from 'baileys'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { Attachments } from './attachments.js'
import { type Author, actContent, mayBeOwn } from './incoming-act.js'
import { cardContent, replyContent } from './incoming-card.js'
import { fileContent } from './incoming-files.js'
import { saleContent } from './incoming-order.js'
import { sharedContent } from './incoming-share.js'

/** `author` says from whose point of view the message speaks of others. Found files go to `attachments`. */
export function incomingContent(
  message: proto.IMessage | null | undefined,
  author: Author,
  attachments: Attachments,
): IncomingContent | undefined {
  const content = normalizeMessageContent(message ?? undefined)
  if (!content) return undefined
  if (isMasked(content)) return { kind: 'masked' }
  return (
    fileContent(content, isViewOnce(message), attachments) ??
    cardContent(content, attachments) ??
    replyContent(content) ??
    saleContent(content, attachments) ??
    sharedContent(content) ??
    actContent(content, author) ??
    textContent(content)
  )
}

/**
 * The edit inside the message: what it says now, and which message says it.
 * `undefined` also for an edit of another person's message, which is not allowed.
 */
export function editOf(
  message: proto.IMessage | null | undefined,
  author: Pick<Author, 'sender'>,
): { readonly message: proto.IMessage; readonly originalId: string } | undefined {
  const protocol = normalizeMessageContent(message ?? undefined)?.protocolMessage
  const { MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type
  if (protocol?.type !== MESSAGE_EDIT || !protocol.editedMessage || !protocol.key?.id)
    return undefined
  if (!mayBeOwn(protocol.key, author)) return undefined
  return { message: protocol.editedMessage, originalId: protocol.key.id }
}

function textContent({
  conversation,
  extendedTextMessage,
}: proto.IMessage): IncomingContent | undefined {
  const text = conversation || extendedTextMessage?.text
  if (!text) return undefined
  const { title, description, matchedText } = extendedTextMessage ?? {}
  if (!matchedText && !title && !description) return { kind: 'text', text }
  const link = { title: title ?? '', description: description ?? '', url: matchedText ?? '' }
  return { kind: 'text', text, link }
}

/** The wrapping says it, and may itself be wrapped. */
function isViewOnce(message: proto.IMessage | null | undefined): boolean {
  const inner = message?.ephemeralMessage?.message ?? message
  return !!(inner?.viewOnceMessage ?? inner?.viewOnceMessageV2 ?? inner?.viewOnceMessageV2Extension)
}

function isMasked(content: proto.IMessage): boolean {
  const { MASK_LINKED_DEVICES } = proto.Message.PlaceholderMessage.PlaceholderType
  return (
    !!content.placeholderMessage && (content.placeholderMessage.type ?? 0) === MASK_LINKED_DEVICES
  )
}

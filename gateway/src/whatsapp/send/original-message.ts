/** Messages in the form in which they are kept: as WhatsApp encodes them, with their secret. */

import { normalizeMessageContent, proto } from 'baileys'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { OriginalMessage } from '../../domain/kept-message.js'
import { isNotice } from '../../domain/notice.js'
import { isAnswerable, answerableMs } from '../receive/message-secret.js'

/** Nothing refers to these: they are about other messages, or say nothing yet. */
const neverReferredTo: ReadonlySet<IncomingContent['kind']> = new Set([
  'reaction',
  'pin',
  'poll-vote',
  'event-reply',
  'waiting',
  'masked',
])

/** `undefined` where nothing can refer to the message. `isEdit`: it takes the place of an earlier one. */
export function originalOf(
  message: proto.IMessage | null | undefined,
  content: IncomingContent,
  isEdit: boolean,
): OriginalMessage | undefined {
  if (!message || isNotice(content) || neverReferredTo.has(content.kind)) return undefined
  // The edit has no secret, and answers to the event need it.
  if (isEdit && isAnswerable(message)) return undefined
  return encodeOriginal(message)
}

export function encodeOriginal(message: proto.IMessage): OriginalMessage {
  const bytes = proto.Message.encode(proto.Message.fromObject(message)).finish()
  return isAnswerable(message) ? { bytes, keepForMs: answerableMs } : { bytes }
}

/** Without the wrappers in which it came. */
export function decodeOriginal({ bytes }: OriginalMessage): proto.IMessage {
  const message = proto.Message.decode(bytes)
  const content = normalizeMessageContent(message) ?? {}
  const { messageContextInfo } = message
  return messageContextInfo ? { ...content, messageContextInfo } : content
}

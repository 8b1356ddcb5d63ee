import { normalizeMessageContent, type proto } from 'baileys'
import type { ForwardContent } from '../../domain/content/forward.js'
import { type EarlierMessage, needed, NotPossibleError } from '../send/earlier-message.js'
import { partOf } from '../send/message-context.js'
import { isAnswerable } from '../receive/message-secret.js'
import type { ToWire } from './wire-message.js'

/** The content is sent as it came, its file too: WhatsApp keeps that where it lies. */
export const forwardToWire: ToWire<ForwardContent> = (_, { earlier }) => {
  const found = needed(earlier, 'nothing-to-forward')
  const message = normalizeMessageContent(found.message) ?? {}
  if (!isForwardable(found, message)) throw new NotPossibleError('not-forwardable')
  if (typeof message.conversation === 'string') {
    const { conversation: text } = message
    const contextInfo = forwarded(undefined, found)
    return { message: { extendedTextMessage: { text, contextInfo } }, additionalNodes: [] }
  }
  const [name, part] = partOf(message)
  if (name === undefined) throw new NotPossibleError('not-forwardable')
  const contextInfo = forwarded(part.contextInfo, found)
  return { message: { [name]: { ...part, contextInfo } }, additionalNodes: [] }
}

/** What we masked says nothing; buttons and lists need a node of their own beside them. */
function isForwardable({ kept }: EarlierMessage, message: proto.IMessage): boolean {
  const { imageMessage, videoMessage, audioMessage } = message
  const isOnce = imageMessage?.viewOnce ?? videoMessage?.viewOnce ?? audioMessage?.viewOnce
  const isInteractive = message.interactiveMessage ?? message.listMessage ?? message.buttonsMessage
  return !isOnce && !isInteractive && !kept.original.isMasked && !isAnswerable(message)
}

/** As Baileys counts: what this number wrote itself is not marked the first time. */
function forwarded(
  context: proto.IContextInfo | null | undefined,
  { kept }: EarlierMessage,
): proto.IContextInfo {
  const forwardingScore = (context?.forwardingScore ?? 0) + (kept.fromMe ? 0 : 1)
  return forwardingScore > 0 ? { forwardingScore, isForwarded: true } : {}
}

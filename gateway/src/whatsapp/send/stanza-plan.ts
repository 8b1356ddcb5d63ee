/**
 * What stands on the stanza and on `<enc>` beside a message, by its content alone: the same for the
 * first send and for every resend.
 *
 * The rules are those of WhatsApp Web as two independent clients implement them (whatsapp-rust
 * `src/send/mod.rs`, zapo `message/encode/content.ts`). Baileys 7.0.0-rc14 sets fewer. It has no media
 * type for places and round videos and takes none from outside. They are `text`, as Baileys sends them:
 * the server drops `media` without a media type (Baileys #2435, 2026-03-20).
 */

import { type BinaryNode, normalizeMessageContent, proto } from 'baileys'

export interface StanzaPlan {
  readonly type: 'text' | 'media' | 'reaction' | 'poll' | 'event'
  /** On `<enc>`. */
  readonly mediatype?: string
  readonly edit?: string
  /** A device that cannot decrypt it shows nothing. */
  readonly hidden?: true
  /** What stands in `<meta>` beside `<enc>`. */
  readonly meta?: Readonly<Record<string, string>>
}

const { Type } = proto.Message.ProtocolMessage

export function planOf(whole: proto.IMessage): StanzaPlan {
  const message = normalizeMessageContent(whole) ?? {}
  const { protocolMessage, reactionMessage, pinInChatMessage } = message
  if (protocolMessage?.type === Type.MESSAGE_EDIT) return { type: 'text', edit: '1', hidden: true }
  if (protocolMessage?.type === Type.REVOKE)
    return { type: 'text', edit: protocolMessage.key?.fromMe ? '7' : '8' }
  if (pinInChatMessage) return { type: 'text', edit: '2', hidden: true }
  if (reactionMessage)
    return {
      type: 'reaction',
      hidden: true,
      // An empty text takes the reaction away.
      ...(reactionMessage.text ? {} : { edit: '7' }),
    }
  if (message.pollUpdateMessage) return { type: 'poll', hidden: true, meta: { polltype: 'vote' } }
  if (message.pollCreationMessage || message.pollCreationMessageV3)
    return { type: 'poll', meta: { polltype: 'creation' } }
  if (message.encEventResponseMessage)
    return { type: 'event', hidden: true, meta: { event_type: 'response' } }
  if (message.secretEncryptedMessage)
    return { type: 'event', edit: '1', hidden: true, meta: { event_type: 'edit' } }
  if (message.eventMessage) return { type: 'event', meta: { event_type: 'creation' } }
  const mediatype = mediatypeOf(message)
  if (mediatype === undefined) return { type: 'text' }
  const { imageMessage, videoMessage, audioMessage } = message
  const isViewOnce = imageMessage?.viewOnce ?? videoMessage?.viewOnce ?? audioMessage?.viewOnce
  return { type: 'media', mediatype, ...(isViewOnce ? { meta: { view_once: 'true' } } : {}) }
}

function mediatypeOf(message: proto.IMessage): string | undefined {
  const { videoMessage, audioMessage } = message
  if (message.imageMessage) return 'image'
  if (videoMessage) return videoMessage.gifPlayback ? 'gif' : 'video'
  if (audioMessage) return audioMessage.ptt ? 'ptt' : 'audio'
  if (message.documentMessage) return 'document'
  if (message.stickerMessage) return 'sticker'
  if (message.contactMessage) return 'vcard'
  if (message.contactsArrayMessage) return 'contact_array'
  if (message.listMessage) return 'list'
  if (message.listResponseMessage) return 'list_response'
  if (message.buttonsResponseMessage) return 'buttons_response'
  if (message.interactiveResponseMessage) return 'native_flow_response'
  if (message.orderMessage) return 'order'
  if (message.productMessage) return 'product'
  if (message.extendedTextMessage?.matchedText) return 'url'
  return undefined
}

/** What of it stands beside `<enc>`. */
export function nodesOf({ meta }: StanzaPlan): readonly BinaryNode[] {
  return meta === undefined ? [] : [{ tag: 'meta', attrs: { ...meta } }]
}

/** An edit, a reaction, a vote and the like: nothing can refer to it. */
export function isAboutAnother(message: proto.IMessage): boolean {
  const { edit, hidden } = planOf(message)
  return edit !== undefined || hidden === true
}

/** What of it stands on the stanza. */
export function attributesOf({ type, edit }: StanzaPlan): Record<string, string> {
  return edit === undefined ? { type } : { type, edit }
}

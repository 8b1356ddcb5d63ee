/**
 * The stanza of a message to a channel, which is not encrypted. Baileys 7.0.0-rc14 writes one without the
 * kind of the media, and such media never show (Baileys #2086, #2322). Edits, deletions and reactions as
 * in whatsmeow (`sendNewsletter`, `NewsletterSendReaction`, read 2026-08-21).
 */

import { type BinaryNode, proto } from 'baileys'
import type { WhatsappId } from '../../domain/message.js'
import type { EncodedMessage, NewsletterFacts } from './encoded-message.js'
import { NotPossibleError } from './earlier-message.js'
import { planOf } from './stanza-plan.js'

/** The id under which it goes, and is acknowledged: a change has that of the message that it changes. */
export function stanzaIdOf(whatsappId: WhatsappId, { chat, wire }: EncodedMessage): string {
  const changed = wire.message.protocolMessage?.key?.id
  return chat.kind === 'newsletter' && changed ? changed : whatsappId
}

/** Throws `NotPossibleError` where a reaction is to a message whose number is not known. */
export function assertNewsletterTakes(
  { reactionMessage }: proto.IMessage,
  { targetServerId }: NewsletterFacts,
): void {
  if (reactionMessage && targetServerId === undefined) throw new NotPossibleError('unknown-message')
}

export function newsletterStanza(id: string, encoded: EncodedMessage): BinaryNode {
  const { jid: to, wire, newsletter } = encoded
  const { reactionMessage, protocolMessage } = wire.message
  if (reactionMessage) return reactionStanza(id, to, reactionMessage.text ?? '', newsletter)
  if (protocolMessage?.editedMessage)
    return contentStanza({ to, id, edit: '3' }, protocolMessage.editedMessage)
  if (protocolMessage)
    return {
      tag: 'message',
      attrs: { to, id, type: 'text', edit: '8' },
      content: [{ tag: 'plaintext', attrs: {} }],
    }
  const { mediaId } = newsletter ?? {}
  return contentStanza(
    { to, id, ...(mediaId === undefined ? {} : { media_id: mediaId }) },
    wire.message,
  )
}

function contentStanza(
  attrs: Readonly<Record<string, string>>,
  message: proto.IMessage,
): BinaryNode {
  const { type, mediatype, meta } = planOf(message)
  // A linked device's own secrets are of no use where nothing is encrypted.
  const { messageContextInfo: _secrets, ...content } = message
  const plaintext = {
    tag: 'plaintext',
    attrs: mediatype === undefined || mediatype === 'url' ? {} : { mediatype },
    content: proto.Message.encode(proto.Message.fromObject(content)).finish(),
  }
  const beside = meta === undefined ? [] : [{ tag: 'meta', attrs: { ...meta } }]
  const kind = mediatype === 'url' ? 'text' : type
  return { tag: 'message', attrs: { ...attrs, type: kind }, content: [plaintext, ...beside] }
}

/** The server counts reactions by the number of the message, and takes one from each follower. */
function reactionStanza(
  id: string,
  to: string,
  emoji: string,
  newsletter: NewsletterFacts | undefined,
): BinaryNode {
  const isRemoval = emoji === ''
  return {
    tag: 'message',
    attrs: {
      to,
      id,
      type: 'reaction',
      server_id: newsletter?.targetServerId ?? '',
      ...(isRemoval ? { edit: '7' } : {}),
    },
    content: [{ tag: 'reaction', attrs: isRemoval ? {} : { code: emoji } }],
  }
}

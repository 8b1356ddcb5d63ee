/**
 * The stanza of a message to a channel, which is not encrypted. Baileys 7.0.0-rc14 writes one without the
 * kind of the media, and such media never show (Baileys #2086, #2322).
 */

import { type BinaryNode, proto } from 'baileys'
import type { WhatsappId } from '../../domain/message.js'
import type { StanzaPlan } from './stanza-plan.js'

export function newsletterStanza(
  id: WhatsappId,
  to: string,
  message: proto.IMessage,
  { type, mediatype, meta }: StanzaPlan,
): BinaryNode {
  // A linked device's own secrets are of no use where nothing is encrypted.
  const { messageContextInfo: _secrets, ...content } = message
  const plaintext = {
    tag: 'plaintext',
    attrs: mediatype === undefined || mediatype === 'url' ? {} : { mediatype },
    content: proto.Message.encode(content).finish(),
  }
  const beside = meta === undefined ? [] : [{ tag: 'meta', attrs: { ...meta } }]
  const kind = mediatype === 'url' ? 'text' : type
  return { tag: 'message', attrs: { to, id, type: kind }, content: [plaintext, ...beside] }
}

import { proto } from 'baileys'
import type { DeletionContent } from '../../domain/content/deletion.js'
import { needed, NotPossibleError } from '../send/earlier-message.js'
import type { ToWire } from './wire-message.js'

/** An own message need not be kept: its id and its chat name it. */
export const deletionToWire: ToWire<DeletionContent> = (content, { earlier, chatJid }) => {
  const { target: id, isOwn } = content
  if (isOwn && earlier?.kept.fromMe === false) throw new NotPossibleError('not-own')
  const key = isOwn ? { remoteJid: chatJid, fromMe: true, id } : needed(earlier).key
  return {
    message: { protocolMessage: { key, type: proto.Message.ProtocolMessage.Type.REVOKE } },
    additionalNodes: [],
    deletes: true,
  }
}

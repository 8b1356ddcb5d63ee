import { proto } from 'baileys'
import type { EditContent } from '../../domain/content/edit.js'
import { type EarlierMessage, needed, NotPossibleError } from '../send/earlier-message.js'
import type { ToWire } from './wire-message.js'

/** So long Z-API takes an edit. WhatsApp's apps show one for twenty minutes only; its server takes it. */
const editableMs = 7 * 86_400_000
/** So long WhatsApp lets channels change what they said (its help pages). */
const newsletterEditableMs = 30 * 86_400_000

export const editToWire: ToWire<EditContent> = ({ text, part }, { earlier, at }) => {
  const { key, message, kept } = needed(earlier)
  if (!kept.fromMe) throw new NotPossibleError('not-own')
  const takenForMs = kept.chat.kind === 'newsletter' ? newsletterEditableMs : editableMs
  if (at - kept.at > takenForMs) throw new NotPossibleError('edit-too-late')
  const editedMessage = part === 'text' ? withText(message, text) : withCaption(message, text)
  return {
    message: {
      protocolMessage: {
        key,
        type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
        editedMessage,
        timestampMs: at,
      },
    },
    additionalNodes: [],
    changes: editedMessage,
  }
}

/** The quote stays, the names of people do not: the new text may name others. */
function withText(
  { conversation, extendedTextMessage }: EarlierMessage['message'],
  text: string,
): proto.IMessage {
  if (typeof conversation !== 'string' && !extendedTextMessage)
    throw new NotPossibleError('not-editable')
  const {
    stanzaId,
    participant = null,
    quotedMessage = null,
    remoteJid = null,
  } = extendedTextMessage?.contextInfo ?? {}
  const contextInfo = { stanzaId: stanzaId ?? null, participant, quotedMessage, remoteJid }
  return { extendedTextMessage: stanzaId ? { text, contextInfo } : { text } }
}

function withCaption(
  { imageMessage, videoMessage, documentMessage }: EarlierMessage['message'],
  caption: string,
): proto.IMessage {
  if (imageMessage) return { imageMessage: { ...imageMessage, caption } }
  if (videoMessage) return { videoMessage: { ...videoMessage, caption } }
  if (documentMessage) return { documentMessage: { ...documentMessage, caption } }
  throw new NotPossibleError('not-editable')
}

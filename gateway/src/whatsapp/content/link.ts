import { proto } from 'baileys'
import type { LinkContent } from '../../domain/content/link.js'
import type { ToWire } from './wire-message.js'

export const linkToWire: ToWire<LinkContent> = (content, { prepared }) => {
  const { text, url, title, description, image } = content
  const thumbnail = image && prepared('image').thumbnail
  return {
    message: {
      extendedTextMessage: {
        text,
        // Phones draw the card only if this stands in the text.
        matchedText: url,
        title,
        description,
        previewType: proto.Message.ExtendedTextMessage.PreviewType.NONE,
        ...(thumbnail ? { jpegThumbnail: thumbnail } : {}),
      },
    },
    additionalNodes: [],
  }
}

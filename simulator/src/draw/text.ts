import type { proto } from 'baileys'
import { kind, type Pen } from './kind.js'
import { filled } from './plain.js'
import type { LinkPart, Mention, Part, TextPart } from './view.js'

export const conversation = kind('conversation', (text) => ({
  kind: 'text',
  parts: [{ type: 'text', text }],
}))

export const extendedText = kind('extendedTextMessage', (message, pen) => {
  const link = linkOf(message, pen)
  const body = textPart(message.text, message.contextInfo, pen)
  const parts: Part[] = [...(link ? [link] : []), ...body]
  return { kind: link ? 'link' : 'text', parts }
})

/** Phones draw the card only if the address stands in the text. */
function linkOf(message: proto.Message.IExtendedTextMessage, pen: Pen): LinkPart | undefined {
  const { matchedText, title, description, text, jpegThumbnail } = message
  if (!matchedText || !text?.includes(matchedText)) return undefined
  if (!title && !description && !jpegThumbnail?.length) return undefined
  const file =
    message.thumbnailDirectPath && message.mediaKey
      ? pen.file({
          type: 'thumbnail-link',
          directPath: message.thumbnailDirectPath,
          mediaKey: message.mediaKey,
          fileSha256: message.thumbnailSha256,
          fileEncSha256: message.thumbnailEncSha256,
          mimetype: 'image/jpeg',
        })
      : undefined
  return filled({
    type: 'link',
    url: matchedText,
    title,
    description,
    thumbnail: pen.thumbnail(jpegThumbnail),
    file,
  })
}

/** Nothing for an empty text. */
export function textPart(
  text: string | null | undefined,
  context?: proto.IContextInfo | null,
  pen?: Pen,
): readonly TextPart[] {
  if (!text) return []
  const mentions = context && pen ? mentionsOf(context, pen) : []
  return [{ type: 'text', text, ...(mentions.length > 0 ? { mentions } : {}) }]
}

function mentionsOf(context: proto.IContextInfo, pen: Pen): readonly Mention[] {
  const people = (context.mentionedJid ?? []).map((jid) => ({
    token: `@${jid.split(/[:@]/u)[0] ?? ''}`,
    who: pen.numberOf(jid),
  }))
  const groups = (context.groupMentions ?? []).flatMap(({ groupJid }) =>
    groupJid ? [{ token: `@${groupJid}`, who: groupJid }] : [],
  )
  return [...people, ...groups]
}

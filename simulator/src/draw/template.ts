/** Templates, as companions of old sent buttons, and the buttons before them. */

import type { proto } from 'baileys'
import { buttonsPart, legacyButtonOf, templateButtonOf } from './buttons.js'
import { interactiveView } from './interactive.js'
import { kind, type Pen } from './kind.js'
import { documentPart, imagePart, videoPart } from './media.js'
import { textPart } from './text.js'
import type { Part } from './view.js'

export const template = kind('templateMessage', (message, pen) => {
  if (message.interactiveMessageTemplate) {
    return interactiveView(message.interactiveMessageTemplate, pen)
  }
  const rows = message.hydratedTemplate ?? message.hydratedFourRowTemplate ?? {}
  const { hydratedTitleText: title, hydratedFooterText: footer } = rows
  const buttons = buttonsPart((rows.hydratedButtons ?? []).map(templateButtonOf))
  return {
    kind: 'template',
    parts: [
      ...mediaAbove(rows, pen),
      ...(title ? [{ type: 'title' as const, text: title }] : []),
      ...textPart(rows.hydratedContentText, message.contextInfo, pen),
      ...(footer ? [{ type: 'footer' as const, text: footer }] : []),
      ...buttons,
    ],
  }
})

export const legacyButtons = kind('buttonsMessage', (message, pen) => ({
  kind: 'buttons',
  parts: [
    ...mediaAbove(message, pen),
    ...(message.text ? [{ type: 'title' as const, text: message.text }] : []),
    ...textPart(message.contentText, message.contextInfo, pen),
    ...(message.footerText ? [{ type: 'footer' as const, text: message.footerText }] : []),
    ...buttonsPart((message.buttons ?? []).map(legacyButtonOf)),
  ],
}))

interface MediaAbove {
  readonly imageMessage?: proto.Message.IImageMessage | null
  readonly videoMessage?: proto.Message.IVideoMessage | null
  readonly documentMessage?: proto.Message.IDocumentMessage | null
}

function mediaAbove(message: MediaAbove, pen: Pen): readonly Part[] {
  const { imageMessage, videoMessage, documentMessage } = message
  if (imageMessage) return [imagePart(imageMessage, pen)]
  if (videoMessage) return [videoPart(videoMessage, pen)]
  return documentMessage ? [documentPart(documentMessage, pen)] : []
}

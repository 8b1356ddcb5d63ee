/** Native flows: the copy button, links, calls, replies, and lists in groups. */

import type { proto } from 'baileys'
import { buttonsPart, flowButtonOf } from './buttons.js'
import { kind, type Pen } from './kind.js'
import { listPartOf } from './single-select.js'
import { documentPart, imagePart, videoPart } from './media.js'
import { textPart } from './text.js'
import type { Part } from './view.js'

type Interactive = proto.Message.IInteractiveMessage

export const interactive = kind('interactiveMessage', interactiveView)

export function interactiveView(message: Interactive, pen: Pen) {
  return { kind: kindOf(message), parts: interactiveParts(message, pen) }
}

export function interactiveParts(message: Interactive, pen: Pen): readonly Part[] {
  const { header, body, footer, nativeFlowMessage, contextInfo } = message
  const title = header?.title
  const buttons = nativeFlowMessage?.buttons ?? []
  return [
    ...(header?.hasMediaAttachment ? headerMedia(header, pen) : []),
    ...(title ? [{ type: 'title' as const, text: title }] : []),
    ...textPart(body?.text, contextInfo, pen),
    ...(footer?.text ? [{ type: 'footer' as const, text: footer.text }] : []),
    ...buttonsPart(buttons.filter(({ name }) => name !== 'single_select').map(flowButtonOf)),
    ...buttons.filter(({ name }) => name === 'single_select').flatMap(listPartOf),
  ]
}

function kindOf({ nativeFlowMessage }: Interactive): string {
  const names = new Set((nativeFlowMessage?.buttons ?? []).map(({ name }) => name))
  if (names.has('single_select')) return 'list'
  if (names.has('cta_copy')) return 'copy-button'
  return names.has('quick_reply') && names.size === 1 ? 'reply-buttons' : 'action-buttons'
}

function headerMedia(header: proto.Message.InteractiveMessage.IHeader, pen: Pen): readonly Part[] {
  const { imageMessage, videoMessage, documentMessage } = header
  if (imageMessage) return [imagePart(imageMessage, pen)]
  if (videoMessage) return [videoPart(videoMessage, pen)]
  return documentMessage ? [documentPart(documentMessage, pen)] : []
}

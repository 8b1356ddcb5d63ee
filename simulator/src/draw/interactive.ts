/** Native flows: the copy button, links, calls, replies, lists in groups, carousels, and what asks for a payment. */

import type { proto } from 'baileys'
import { buttonsPart, flowButtonOf } from './buttons.js'
import { carouselPart } from './carousel.js'
import { kind, type Pen } from './kind.js'
import { documentPart, imagePart, videoPart } from './media.js'
import { orderParts } from './order.js'
import { pixPartsOf } from './pix.js'
import { objectIn } from './plain.js'
import { listPartOf } from './single-select.js'
import { textPart } from './text.js'
import type { Part } from './view.js'

type Interactive = proto.Message.IInteractiveMessage
type FlowButton = proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton

interface Flow {
  readonly kind: string
  readonly parts: (button: FlowButton) => readonly Part[]
}

function paramsOf({ buttonParamsJson }: FlowButton): Readonly<Record<string, unknown>> {
  return objectIn(buttonParamsJson) ?? {}
}

/** Buttons that are more than a line to tap on. */
const flows: ReadonlyMap<string, Flow> = new Map<string, Flow>([
  ['single_select', { kind: 'list', parts: listPartOf }],
  ['payment_info', { kind: 'pix', parts: (button) => pixPartsOf(paramsOf(button)) }],
  ['payment_key_info', { kind: 'pix', parts: (button) => pixPartsOf(paramsOf(button)) }],
  ['review_and_pay', { kind: 'order', parts: (button) => orderParts('order', paramsOf(button)) }],
  ['review_order', { kind: 'order', parts: (button) => orderParts('update', paramsOf(button)) }],
  ['payment_status', { kind: 'order', parts: (button) => orderParts('update', paramsOf(button)) }],
])

export const interactive = kind('interactiveMessage', interactiveView)

export function interactiveView(message: Interactive, pen: Pen) {
  return { kind: kindOf(message), parts: interactiveParts(message, pen) }
}

/** A card of a carousel holds no carousel: a sender could nest them without end. */
function cardParts({ carouselMessage: _nested, ...card }: Interactive, pen: Pen): readonly Part[] {
  return interactiveParts(card, pen)
}

function interactiveParts(message: Interactive, pen: Pen): readonly Part[] {
  const { header, body, footer, nativeFlowMessage, carouselMessage, contextInfo } = message
  const title = header?.title
  const buttons = nativeFlowMessage?.buttons ?? []
  const special = buttons.flatMap((button) => flows.get(button.name ?? '')?.parts(button) ?? [])
  return [
    ...(header?.hasMediaAttachment ? headerMedia(header, pen) : []),
    ...(title ? [{ type: 'title' as const, text: title }] : []),
    ...special.filter(({ type }) => type !== 'list'),
    ...textPart(body?.text, contextInfo, pen),
    ...(footer?.text ? [{ type: 'footer' as const, text: footer.text }] : []),
    ...buttonsPart(buttons.filter(({ name }) => !flows.has(name ?? '')).map(flowButtonOf)),
    ...special.filter(({ type }) => type === 'list'),
    ...(carouselMessage ? [carouselPart(carouselMessage, pen, cardParts)] : []),
  ]
}

function kindOf({ nativeFlowMessage, carouselMessage }: Interactive): string {
  if (carouselMessage) return 'carousel'
  const names = (nativeFlowMessage?.buttons ?? []).map(({ name }) => name ?? '')
  const special = names.map((name) => flows.get(name)?.kind).find((each) => each !== undefined)
  if (special !== undefined) return special
  if (names.includes('cta_copy')) return 'copy-button'
  return names.length > 0 && names.every((name) => name === 'quick_reply')
    ? 'reply-buttons'
    : 'action-buttons'
}

function headerMedia(header: proto.Message.InteractiveMessage.IHeader, pen: Pen): readonly Part[] {
  const { imageMessage, videoMessage, documentMessage } = header
  if (imageMessage) return [imagePart(imageMessage, pen)]
  if (videoMessage) return [videoPart(videoMessage, pen)]
  return documentMessage ? [documentPart(documentMessage, pen)] : []
}

/** What a client asks of a native flow or a carousel, and of the `<biz>` beside it, before it shows the buttons. */

import type { BinaryNode, proto } from 'baileys'
import { evidence } from '../evidence.js'
import { childOf, childrenOf } from '../wire/stanza.js'
import { carouselFault } from './carousel.js'
import type { Hindrance } from './hindrance.js'

type Interactive = proto.Message.IInteractiveMessage
type FlowButton = proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton

/** The name that `<biz>` carries where it is not the button's own. */
const paymentNames: ReadonlyMap<string, string> = new Map([
  ['payment_info', 'payment_info'],
  ['payment_key_info', 'payment_key_info'],
  ['review_and_pay', 'order_details'],
  ['review_order', 'order_status'],
  ['payment_status', 'payment_status'],
])

export function flowHindrances(message: Interactive, stanza: BinaryNode): readonly Hindrance[] {
  const { nativeFlowMessage: flow, carouselMessage: carousel, header } = message
  const buttons = flow?.buttons ?? []
  return [
    ...bizHindrances(stanza),
    ...paymentHindrances(buttons, stanza),
    ...listHindrances(buttons),
    ...(flow && !carousel ? webHindrances(flow, header, stanza) : []),
    ...(carousel ? carouselHindrances(carousel) : []),
  ]
}

function bizHindrances(stanza: BinaryNode): readonly Hindrance[] {
  const count = childrenOf(stanza, 'biz').length
  if (count === 1) return []
  if (count > 1) {
    return [
      {
        draws: { android: 'without-button', ios: 'without-button', web: 'without-button' },
        why: 'two <biz>: the button is left out',
        evidence: evidence.twoBiz,
      },
    ]
  }
  return [
    {
      draws: { android: 'nothing', ios: 'nothing', web: 'placeholder' },
      why: 'no <biz> on the received stanza: phones show nothing, Web a placeholder',
      evidence: evidence.bizShapes,
    },
  ]
}

function carouselHindrances(
  carousel: proto.Message.InteractiveMessage.ICarouselMessage,
): readonly Hindrance[] {
  const why = carouselFault(carousel)
  const draws = { android: 'nothing', ios: 'nothing', web: 'placeholder' } as const
  const found: Hindrance[] = why === undefined ? [] : [{ draws, why, evidence: evidence.carousels }]
  const bare = (carousel.cards ?? []).filter((card) => !hasMedia(card)).length
  if (bare > 0)
    found.push({
      draws: { web: bare === carousel.cards?.length ? 'placeholder' : 'without-button' },
      why: `Web: ${bare} cards without image, video or product are left out`,
      evidence: evidence.cardMedia,
    })
  return found
}

function hasMedia({ header }: Interactive): boolean {
  return Boolean(header?.imageMessage ?? header?.videoMessage ?? header?.productMessage)
}

function listHindrances(buttons: readonly FlowButton[]): readonly Hindrance[] {
  if (!buttons.some(({ name }) => name === 'single_select')) return []
  return [
    {
      draws: { ios: 'placeholder' },
      why: 'iOS: a single_select asks to update WhatsApp',
      evidence: evidence.singleSelect,
    },
  ]
}

function paymentHindrances(
  buttons: readonly FlowButton[],
  stanza: BinaryNode,
): readonly Hindrance[] {
  const payment = buttons.find(({ name }) => paymentNames.has(name ?? ''))
  if (payment === undefined) return []
  const found: Hindrance[] = []
  if (bizFlowName(stanza) === 'mixed') {
    found.push({
      draws: { android: 'nothing', ios: 'nothing', web: 'nothing' },
      why: 'a payment under the flow name mixed is dropped',
      evidence: evidence.payments,
    })
  }
  if (buttons.length > 1 || !payment.buttonParamsJson) {
    found.push({
      draws: { android: 'nothing' },
      why: 'Android: a payment is one button with parameters',
      evidence: evidence.onePaymentButton,
    })
  }
  return found
}

/** WhatsApp Web checks what the phones let pass. */
function webHindrances(
  flow: proto.Message.InteractiveMessage.INativeFlowMessage,
  header: proto.Message.InteractiveMessage.IHeader | null | undefined,
  stanza: BinaryNode,
): readonly Hindrance[] {
  const found: Hindrance[] = []
  const hinder = (why: string, web: 'placeholder' | 'nothing' = 'placeholder'): void => {
    found.push({ draws: { web }, why: `Web: ${why}`, evidence: evidence.webParser })
  }
  const version = flow.messageVersion
  if (version === null || version === undefined) hinder('messageVersion is missing')
  else if (version > 1) hinder(`messageVersion ${version} is newer than Web knows`)

  const derived = derivedFlowName(flow.buttons ?? [])
  const named = bizFlowName(stanza)
  if (typeof derived !== 'string') hinder(derived.why)
  else if (named === undefined) hinder('<biz> names no flow')
  else if (named !== 'mixed' && named !== derived) {
    hinder(`<biz> names the flow ${named}, the buttons say ${derived}`)
  }
  if (header?.hasMediaAttachment && header.imageMessage && !isWhole(header.imageMessage)) {
    hinder('the header image is not a whole image: the message is lost', 'nothing')
  }
  return found
}

/** Kinds that Web knows and does not draw. */
const namelessOnWeb: ReadonlySet<string> = new Set([
  'single_select',
  'send_location',
  'address_message',
  'payment_key_info',
])

/** Web takes the flow's name from the first button, and gives up on too many buttons or on replies among other kinds. */
function derivedFlowName(buttons: readonly FlowButton[]): string | { readonly why: string } {
  const names = buttons.map((button) => button.name ?? '')
  const first = names[0]
  if (first === undefined || first === '') return { why: 'no button to take the flow name from' }
  const replies = names.filter((name) => name === 'quick_reply').length
  if (replies > 0 && replies < names.length) return { why: 'replies and other kinds are mixed' }
  if (replies === 0 && names.length > 3) return { why: 'more than three buttons' }
  if (namelessOnWeb.has(first)) return { why: `${first} has no flow name` }
  if (replies > 10) return { why: 'more than ten replies' }
  return paymentNames.get(first) ?? first
}

/** Payments carry the name on `<biz>` itself. */
function bizFlowName(stanza: BinaryNode): string | undefined {
  const biz = childOf(stanza, 'biz')
  const nested = childOf(childOf(biz, 'interactive'), 'native_flow')?.attrs['name']
  return nested || biz?.attrs['native_flow_name'] || undefined
}

function isWhole(image: proto.Message.IImageMessage): boolean {
  const bytes = [image.mediaKey, image.fileSha256, image.fileEncSha256]
  return (
    bytes.every((part) => part?.length === 32) &&
    Boolean(image.mimetype) &&
    Boolean(image.url || image.directPath)
  )
}

/**
 * What a phone shows of a message, and whether its buttons would show on Android, iOS and Web.
 *
 * The buttons are listed as the sender meant them; `shows` says whether anybody
 * sees them. Where reports disagree or speak of "sometimes", the answer is no:
 * a sender can rely only on what always shows.
 */

import type { BinaryNode, proto } from 'baileys'
import { isChange } from './draw/change.js'
import type { Hindrance } from './draw/hindrance.js'
import { contentOf, draw, kindHindrances, textOf } from './draw/index.js'
import type { Button, Part, View } from './draw/view.js'
import { evidence } from './evidence.js'
import type { Client, CopyButton, Drawing, Drawn, ScreenInput, ScreenView, Shows } from './model.js'
import { childOf, childrenOf } from './wire/stanza.js'

/** What hides more comes later. */
const byLoss: readonly Drawing[] = ['whole', 'without-button', 'placeholder', 'nothing']

/** Wrappers that Web does not look into when it searches for buttons. An ephemeral wrapper is not one of them. */
const hidingWrappers = [
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
] as const

const nothingSeen: View = { kind: 'change', parts: [] }

/** A message that changes an earlier one is an empty view here. */
export function showOnScreen({ message, stanza, numberOf }: ScreenInput): ScreenView {
  const drawn = draw(message, numberOf)
  const { view, files } = isChange(drawn) ? { view: nothingSeen, files: new Map() } : drawn
  return {
    text: textOf(view),
    buttons: view.parts.flatMap(buttonsIn).filter(isCopyButton),
    view,
    files,
    shows: showsWith(hindrancesOf(message, stanza)),
  }
}

function buttonsIn(part: Part): readonly Button[] {
  return part.type === 'buttons' ? part.buttons : []
}

function isCopyButton(button: Button): button is CopyButton {
  return button.kind === 'copy'
}

/** What each client draws. With several hindrances, the one that hides most. */
export function drawnWith(hindrances: readonly Hindrance[]): Drawn {
  const on = (client: Client): Drawing => {
    const drawings = hindrances.map(({ draws }) => byLoss.indexOf(draws[client] ?? 'whole'))
    return byLoss[Math.max(0, ...drawings)] ?? 'whole'
  }
  return { android: on('android'), ios: on('ios'), web: on('web') }
}

/** Everything that keeps clients from showing all of the message. */
export function hindrancesOf(message: proto.IMessage, stanza: BinaryNode): readonly Hindrance[] {
  const content = contentOf(message)
  const found: Hindrance[] = [...kindHindrances(message, stanza)]
  const form = formOf(content)
  if (form === undefined) return found

  const wrapper = wrapperOf(message)
  if (wrapper) {
    found.push({
      draws: { ios: 'without-button', web: 'placeholder' },
      why: `inside ${wrapper}: Web could not load it, iOS shows it only sometimes`,
      evidence: evidence.wrappers,
    })
  }
  switch (form.kind) {
    case 'flow':
      found.push(...bizHindrances(stanza), ...webHindrances(form.flow, form.header, stanza))
      break
    case 'template':
      found.push({
        draws: { android: 'nothing', ios: 'nothing' },
        why: 'a hydrated template from a linked device does not reach phones reliably',
        evidence: evidence.templates,
      })
      break
    case 'legacy':
      found.push({
        draws: { android: 'nothing', ios: 'nothing', web: 'placeholder' },
        why: 'buttonsMessage is the form of old and shows nowhere',
        evidence: evidence.bizShapes,
      })
      break
  }
  return found
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

/** Web takes the flow's name from the first button, and gives up on too many buttons or on replies among other kinds. */
function derivedFlowName(
  buttons: readonly proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton[],
): string | { readonly why: string } {
  const names = buttons.map((button) => button.name ?? '')
  const first = names[0]
  if (first === undefined || first === '') return { why: 'no button to take the flow name from' }
  const replies = names.filter((name) => name === 'quick_reply').length
  if (replies > 0 && replies < names.length) return { why: 'replies and other kinds are mixed' }
  if (replies === 0 && names.length > 3) return { why: 'more than three buttons' }
  return first
}

function bizFlowName(stanza: BinaryNode): string | undefined {
  const interactive = childOf(childOf(stanza, 'biz'), 'interactive')
  return childOf(interactive, 'native_flow')?.attrs['name'] || undefined
}

function isWhole(image: proto.Message.IImageMessage): boolean {
  const bytes = [image.mediaKey, image.fileSha256, image.fileEncSha256]
  return (
    bytes.every((part) => part?.length === 32) &&
    Boolean(image.mimetype) &&
    Boolean(image.url || image.directPath)
  )
}

function showsWith(hindrances: readonly Hindrance[]): Shows {
  const seenOn = (client: Client): boolean => hindrances.every(({ draws }) => !(client in draws))
  const shows = { android: seenOn('android'), ios: seenOn('ios'), web: seenOn('web') }
  if (hindrances.length === 0) return shows
  return { ...shows, why: hindrances.map(({ why }) => why).join('; ') }
}

type Form =
  | {
      readonly kind: 'flow'
      readonly flow: proto.Message.InteractiveMessage.INativeFlowMessage
      readonly header: proto.Message.InteractiveMessage.IHeader | null | undefined
    }
  | { readonly kind: 'template' }
  | { readonly kind: 'legacy' }

function formOf(content: proto.IMessage): Form | undefined {
  const interactive = interactiveOf(content)
  if (interactive?.nativeFlowMessage) {
    return { kind: 'flow', flow: interactive.nativeFlowMessage, header: interactive.header }
  }
  if (templateOf(content)?.hydratedButtons?.length) return { kind: 'template' }
  if (content.buttonsMessage) return { kind: 'legacy' }
  return undefined
}

function wrapperOf(message: proto.IMessage): string | undefined {
  const sent = message.deviceSentMessage?.message ?? message
  const inner = sent.ephemeralMessage?.message ?? sent
  return hidingWrappers.find((name) => inner[name])
}

function interactiveOf(content: proto.IMessage): proto.Message.IInteractiveMessage | undefined {
  return (
    content.interactiveMessage ?? content.templateMessage?.interactiveMessageTemplate ?? undefined
  )
}

function templateOf(
  content: proto.IMessage,
): proto.Message.TemplateMessage.IHydratedFourRowTemplate | undefined {
  const template = content.templateMessage
  return template?.hydratedTemplate ?? template?.hydratedFourRowTemplate ?? undefined
}

/** Everything that keeps clients from showing all of a message: by its kind, its wrapper and the `<biz>` beside it. */

import type { BinaryNode, proto } from 'baileys'
import { evidence } from '../evidence.js'
import { attributeHindrances } from './attributes.js'
import { flowHindrances } from './flow-rules.js'
import type { Hindrance } from './hindrance.js'
import { contentOf, kindHindrances } from './index.js'

/** Wrappers that Web does not look into when it searches for buttons. An ephemeral wrapper is not one of them. */
const hidingWrappers = [
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
] as const

/** Empty for a message that every client shows whole. */
export function hindrancesOf(message: proto.IMessage, stanza: BinaryNode): readonly Hindrance[] {
  const content = contentOf(message)
  const wrapper = wrapperOf(message)
  return [
    ...attributeHindrances(stanza),
    ...kindHindrances(message, stanza),
    ...(wrapper ? viewOnceHindrances(content, wrapper) : []),
    ...buttonHindrances(content, wrapper, stanza),
  ]
}

function viewOnceHindrances(content: proto.IMessage, wrapper: string): readonly Hindrance[] {
  if (!wrapper.startsWith('viewOnce') || !(content.videoMessage ?? content.audioMessage)) return []
  return [
    {
      draws: { android: 'nothing', ios: 'nothing', web: 'nothing' },
      why: `video or audio inside ${wrapper} is dropped: the flag belongs inside the media`,
      evidence: evidence.viewOnceWrapper,
    },
  ]
}

function buttonHindrances(
  content: proto.IMessage,
  wrapper: string | undefined,
  stanza: BinaryNode,
): readonly Hindrance[] {
  const interactive =
    content.interactiveMessage ?? content.templateMessage?.interactiveMessageTemplate
  const isFlow = interactive?.nativeFlowMessage ?? interactive?.carouselMessage
  const isTemplate = templateOf(content)?.hydratedButtons?.length
  if (!isFlow && !isTemplate && !content.buttonsMessage) return []
  const found: Hindrance[] = []
  if (wrapper) {
    found.push({
      draws: { ios: 'without-button', web: 'placeholder' },
      why: `inside ${wrapper}: Web could not load it, iOS shows it only sometimes`,
      evidence: evidence.wrappers,
    })
  }
  if (interactive && isFlow) return [...found, ...flowHindrances(interactive, stanza)]
  if (isTemplate) return [...found, template]
  return [...found, legacy]
}

const template: Hindrance = {
  draws: { android: 'nothing', ios: 'nothing' },
  why: 'a hydrated template from a linked device does not reach phones reliably',
  evidence: evidence.templates,
}

const legacy: Hindrance = {
  draws: { android: 'nothing', ios: 'nothing', web: 'placeholder' },
  why: 'buttonsMessage is the form of old and shows nowhere',
  evidence: evidence.bizShapes,
}

function wrapperOf(message: proto.IMessage): string | undefined {
  const sent = message.deviceSentMessage?.message ?? message
  const inner = sent.ephemeralMessage?.message ?? sent
  return hidingWrappers.find((name) => inner[name])
}

function templateOf(
  content: proto.IMessage,
): proto.Message.TemplateMessage.IHydratedFourRowTemplate | undefined {
  const message = content.templateMessage
  return message?.hydratedTemplate ?? message?.hydratedFourRowTemplate ?? undefined
}

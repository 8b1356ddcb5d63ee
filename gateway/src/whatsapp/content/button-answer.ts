import { proto } from 'baileys'
import type { ButtonAnswerContent } from '../../domain/content/button-answer.js'
import { needed, NotPossibleError } from '../send/earlier-message.js'
import { quoteOf } from '../send/message-context.js'
import { readParameters, textIn } from '../receive/native-flow.js'
import type { ToWire } from './wire-message.js'

/**
 * Without `<biz>`: WhatsApp refuses an answer that has one with 479 (whatsmeow #1221, 2026-08).
 * Phones answer native flows in their own form, and older buttons in theirs.
 */
export const buttonAnswerToWire: ToWire<ButtonAnswerContent> = (content, { earlier }) => {
  const asked = needed(earlier)
  const { buttonId, form } = content
  const button = buttonsOf(asked.message).find(({ id }) => id === buttonId)
  if (button === undefined) throw new NotPossibleError('no-such-button')
  const contextInfo = quoteOf(asked, asked.kept.chat)
  const kind = form === 'template' ? 'template' : button.kind
  return { message: answers[kind](button, contextInfo), additionalNodes: [] }
}

interface Button {
  readonly kind: 'flow' | 'template' | 'legacy'
  readonly id: string
  readonly text: string
  readonly index: number
}

type Answer = (button: Button, contextInfo: proto.IContextInfo) => proto.IMessage

const answers: Readonly<Record<Button['kind'], Answer>> = {
  flow: ({ id, text }, contextInfo) => ({
    interactiveResponseMessage: {
      body: { text },
      nativeFlowResponseMessage: {
        name: 'quick_reply',
        paramsJson: JSON.stringify({ id, display_text: text }),
        version: 3,
      },
      contextInfo,
    },
  }),
  template: ({ id, text, index }, contextInfo) => ({
    templateButtonReplyMessage: {
      selectedId: id,
      selectedDisplayText: text,
      selectedIndex: index,
      contextInfo,
    },
  }),
  legacy: ({ id, text }, contextInfo) => ({
    buttonsResponseMessage: {
      selectedButtonId: id,
      selectedDisplayText: text,
      type: proto.Message.ButtonsResponseMessage.Type.DISPLAY_TEXT,
      contextInfo,
    },
  }),
}

/** Those that answer. */
function buttonsOf({
  interactiveMessage,
  templateMessage,
  buttonsMessage,
}: proto.IMessage): readonly Button[] {
  const { carouselMessage } = interactiveMessage ?? {}
  const flows = [interactiveMessage, ...(carouselMessage?.cards ?? [])]
    .flatMap((card) => card?.nativeFlowMessage?.buttons ?? [])
    .flatMap(({ name, buttonParamsJson }, index): readonly Button[] => {
      if (name !== 'quick_reply') return []
      const parameters = readParameters(buttonParamsJson)
      const [id, text] = [textIn(parameters, 'id'), textIn(parameters, 'display_text')]
      return [{ kind: 'flow', id, text, index }]
    })
  const { hydratedTemplate, hydratedFourRowTemplate } = templateMessage ?? {}
  const hydrated = (hydratedTemplate ?? hydratedFourRowTemplate)?.hydratedButtons ?? []
  const templates = hydrated.flatMap(({ quickReplyButton: reply, index }): readonly Button[] =>
    reply
      ? [{ kind: 'template', id: reply.id ?? '', text: reply.displayText ?? '', index: index ?? 0 }]
      : [],
  )
  const legacy = (buttonsMessage?.buttons ?? []).map(
    ({ buttonId, buttonText }, index): Button => ({
      kind: 'legacy',
      id: buttonId ?? '',
      text: buttonText?.displayText ?? '',
      index,
    }),
  )
  return [...flows, ...templates, ...legacy]
}

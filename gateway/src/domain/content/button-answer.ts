import type { CardButton, IncomingContent } from '../incoming-content.js'
import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** A tap on a button of an earlier message, as the phone itself would send it. */
export interface ButtonAnswerContent {
  readonly kind: 'button-answer'
  readonly target: WhatsappId
  readonly buttonId: string
  /** `template`: in the form of a template, whatever the form of the message. */
  readonly form: 'as-asked' | 'template'
}

export const buttonAnswerTraits: Traits<ButtonAnswerContent> = {
  text: ({ buttonId }) => buttonId,
  earlier: ({ target }) => ({ whatsappId: target }),
  asReceived: ({ buttonId }, { earlier }) => {
    const text = earlier && labelIn(earlier, buttonId)
    return text === undefined ? undefined : { kind: 'button-reply', id: buttonId, text }
  },
}

/** On the button of that id. */
function labelIn(content: IncomingContent, id: string): string | undefined {
  if (content.kind === 'buttons') return content.buttons.find((button) => button.id === id)?.text
  const cards =
    content.kind === 'carousel' ? content.cards : content.kind === 'card' ? [content] : []
  const buttons: readonly CardButton[] = cards.flatMap((card) => card.buttons)
  return buttons.find((button) => button.kind === 'reply' && button.id === id)?.text
}

import type { ChatId } from '../chat.js'
import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** Says an earlier message once more, in this chat. */
export interface ForwardContent {
  readonly kind: 'forward'
  readonly target: WhatsappId
  /** Where it was said. */
  readonly from: ChatId
}

export const forwardTraits: Traits<ForwardContent> = {
  text: () => '',
  earlier: ({ target, from }) => ({ whatsappId: target, chat: from }),
  asReceived: (_, { earlier }) => earlier,
  echo: () => ({ forwarded: true }),
}

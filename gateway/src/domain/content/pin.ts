import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** Shows an earlier message at the top of its chat, for everyone. */
export interface PinContent {
  readonly kind: 'pin'
  readonly target: WhatsappId
  /** How long. 0 takes the pin away. */
  readonly seconds: number
}

export const pinTraits: Traits<PinContent> = {
  text: () => '',
  earlier: ({ target }) => ({ whatsappId: target }),
  asReceived: ({ seconds: durationSeconds }, { target }) =>
    target && { kind: 'pin', isPinned: durationSeconds > 0, durationSeconds, target },
}

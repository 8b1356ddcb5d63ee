import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

export interface ReactionContent {
  readonly kind: 'reaction'
  readonly target: WhatsappId
  /** Empty takes the reaction back. */
  readonly emoji: string
}

export const reactionTraits: Traits<ReactionContent> = {
  isForNewsletters: () => true,
  text: ({ emoji }) => emoji,
  earlier: ({ target }) => ({ whatsappId: target }),
  asReceived: ({ emoji }, { at, target }) => target && { kind: 'reaction', emoji, at, target },
}

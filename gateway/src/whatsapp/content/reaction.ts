import type { ReactionContent } from '../../domain/content/reaction.js'
import { needed } from '../send/earlier-message.js'
import type { ToWire } from './wire-message.js'

export const reactionToWire: ToWire<ReactionContent> = ({ emoji }, { earlier, at }) => {
  const { key } = needed(earlier)
  return {
    message: { reactionMessage: { key, text: emoji, senderTimestampMs: at } },
    additionalNodes: [],
  }
}

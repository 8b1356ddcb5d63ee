import { proto } from 'baileys'
import type { PinContent } from '../../domain/content/pin.js'
import { needed } from '../send/earlier-message.js'
import type { ToWire } from './wire-message.js'

const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type

export const pinToWire: ToWire<PinContent> = ({ seconds }, { earlier, at }) => {
  const { key } = needed(earlier)
  const type = seconds > 0 ? PIN_FOR_ALL : UNPIN_FOR_ALL
  return {
    message: {
      pinInChatMessage: { key, type, senderTimestampMs: at },
      messageContextInfo: { messageAddOnDurationInSecs: seconds },
    },
    additionalNodes: [],
  }
}

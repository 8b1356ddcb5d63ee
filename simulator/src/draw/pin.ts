import { proto } from 'baileys'
import { kind } from './kind.js'

const { PIN_FOR_ALL } = proto.Message.PinInChatMessage.Type

export const pin = kind('pinInChatMessage', ({ key, type }, { message }) => ({
  changes: key?.id ?? '',
  by: {
    change: 'pin',
    seconds:
      type === PIN_FOR_ALL ? (message.messageContextInfo?.messageAddOnDurationInSecs ?? 0) : 0,
  },
}))

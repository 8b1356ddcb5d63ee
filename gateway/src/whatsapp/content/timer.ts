import { proto } from 'baileys'
import type { TimerContent } from '../../domain/content/timer.js'
import type { ToWire } from './wire-message.js'

/** As whatsmeow writes it (`SetDisappearingTimer`). */
export const timerToWire: ToWire<TimerContent> = ({ seconds }, { at }) => ({
  message: {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING,
      ephemeralExpiration: seconds,
      ephemeralSettingTimestamp: Math.floor(at / 1_000),
    },
  },
  additionalNodes: [],
  timerSeconds: seconds,
})

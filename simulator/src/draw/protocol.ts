/** A message that is taken back, one that was corrected, and the timer of the chat. What devices tell each other besides is not seen. */

import { normalizeMessageContent, proto } from 'baileys'
import { kind } from './kind.js'

const { REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type

export const protocol = kind(
  'protocolMessage',
  ({ type, key, editedMessage, ephemeralExpiration }) => {
    const changes = key?.id ?? ''
    if (type === REVOKE) return { changes, by: { change: 'delete' } }
    if (type === MESSAGE_EDIT && editedMessage) {
      return { changes, by: { change: 'edit', content: editedMessage } }
    }
    if (type === EPHEMERAL_SETTING) {
      const text = timerText(ephemeralExpiration ?? 0)
      return { kind: 'timer', parts: [{ type: 'text', text }] }
    }
    return undefined
  },
)

/** After how many seconds the messages of its chat disappear from then on. Undefined for any other message. */
export function timerIn(message: proto.IMessage): number | undefined {
  const sent = message.deviceSentMessage?.message ?? message
  const { protocolMessage } = normalizeMessageContent(sent) ?? {}
  if (protocolMessage?.type !== EPHEMERAL_SETTING) return undefined
  return protocolMessage.ephemeralExpiration ?? 0
}

/** As WhatsApp's apps say it. */
function timerText(seconds: number): string {
  if (seconds === 0) return 'Disappearing messages were turned off.'
  const hours = Math.round(seconds / 3_600)
  const time = hours > 24 ? `${Math.round(hours / 24)} days` : `${hours} hours`
  return `Disappearing messages were turned on. New messages will disappear after ${time}.`
}

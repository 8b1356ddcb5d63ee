import { proto } from 'baileys'
import type { EventEditContent } from '../../domain/content/event-edit.js'
import { needed, NotPossibleError } from '../send/earlier-message.js'
import { eventToWire } from './event.js'
import type { ToWire } from './wire-message.js'

const { EVENT_EDIT } = proto.Message.SecretEncryptedMessage.SecretEncType

/** As WhatsApp's apps edit events: a second event, or an edit in the open, changes nothing on a phone. */
export const eventEditToWire: ToWire<EventEditContent> = ({ event }, context) => {
  const { earlier, seal } = context
  const { key, kept, message } = needed(earlier)
  if (!message.eventMessage) throw new NotPossibleError('not-answerable')
  if (!kept.fromMe) throw new NotPossibleError('not-own')
  const { eventMessage = null } = eventToWire(event, context).message
  const plaintext = proto.Message.encode(proto.Message.fromObject({ eventMessage })).finish()
  const messageContextInfo = message.messageContextInfo ?? null
  return {
    message: {
      secretEncryptedMessage: {
        targetMessageKey: key,
        secretEncType: EVENT_EDIT,
        ...seal('Event Edit', plaintext),
      },
    },
    additionalNodes: [],
    changes: { eventMessage, messageContextInfo },
  }
}

import { proto } from 'baileys'
import type { EventReplyContent } from '../../domain/content/event-reply.js'
import { needed, NotPossibleError } from '../send/earlier-message.js'
import type { ToWire } from './wire-message.js'

const { GOING, NOT_GOING } = proto.Message.EventResponseMessage.EventResponseType

export const eventReplyToWire: ToWire<EventReplyContent> = (
  { response },
  { earlier, at, seal },
) => {
  const { key, message } = needed(earlier)
  if (!message.eventMessage) throw new NotPossibleError('not-answerable')
  const answer = { response: response === 'going' ? GOING : NOT_GOING, timestampMs: at }
  const plaintext = proto.Message.EventResponseMessage.encode(answer).finish()
  return {
    message: {
      encEventResponseMessage: {
        eventCreationMessageKey: key,
        ...seal('Event Response', plaintext),
      },
    },
    additionalNodes: [],
  }
}

import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

/** Whether this number comes to an event. */
export interface EventReplyContent {
  readonly kind: 'event-reply'
  /** The event. */
  readonly target: WhatsappId
  readonly response: 'going' | 'not-going'
}

export const eventReplyTraits: Traits<EventReplyContent> = {
  text: ({ response }) => response,
  earlier: ({ target }) => ({ whatsappId: target }),
  asReceived: ({ response }, { at, target }) =>
    target && { kind: 'event-reply', response, at, event: target },
}

import type { WhatsappId } from '../message-id.js'
import { type EventContent, eventTraits } from './event.js'
import type { Traits } from './traits.js'

/** What an event of ours is from now on. */
export interface EventEditContent {
  readonly kind: 'event-edit'
  readonly target: WhatsappId
  readonly event: EventContent
}

export const eventEditTraits: Traits<EventEditContent> = {
  text: ({ event }) => event.name,
  changesEarlier: true,
  earlier: ({ target }) => ({ whatsappId: target }),
  call: ({ event }) => eventTraits.call?.(event),
  asReceived: ({ event }, place) => eventTraits.asReceived(event, place),
  echo: ({ target }) => ({ editOf: target }),
}

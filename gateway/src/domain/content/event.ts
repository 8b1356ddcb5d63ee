import type { EpochMs } from '../time.js'
import type { PlannedCall, Traits } from './traits.js'

/** An appointment that people of the chat accept or decline. */
export interface EventContent {
  readonly kind: 'event'
  readonly name: string
  readonly description: string
  readonly startsAt: EpochMs
  /** The name of the place; empty for none. */
  readonly place: string
  /** WhatsApp makes a link to such a call before the event is sent. */
  readonly call?: PlannedCall['kind'] | undefined
  readonly isCanceled: boolean
}

export const eventTraits: Traits<EventContent> = {
  text: ({ name }) => name,
  call: ({ call: kind, startsAt }) =>
    kind && { kind, startsAtSeconds: Math.floor(startsAt / 1_000) },
  asReceived: ({ name, description, startsAt, place, isCanceled }) => ({
    kind: 'event',
    name,
    description,
    isCanceled,
    joinLink: '',
    startsAtSeconds: Math.floor(startsAt / 1_000),
    place:
      place === '' ? undefined : { name: place, address: '', latitude: 0, longitude: 0, url: '' },
  }),
}

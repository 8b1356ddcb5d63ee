/** What a phone tells tests and pages that watch it. */

import type { EventEmitter } from 'node:events'
import type { PhoneWatcher, RatchetReuse, Typing } from '../model.js'
import type { ShelfEvents } from './message-shelf.js'

export interface PhoneEvents extends ShelfEvents {
  duplicate: [{ readonly id: string; readonly from: string }]
  'ratchet-reuse': [RatchetReuse]
  /** It could not read a message. `asked` says whether it asked for it again. */
  unreadable: [{ readonly id: string; readonly from: string; readonly asked: boolean }]
  /** A message that would change another one, and does not. */
  'change-refused': [{ readonly id: string; readonly from: string; readonly why: string }]
  typing: [Typing]
  /** A person read a status that its owner posted. */
  'status-seen': [{ readonly id: string; readonly from: string }]
  ringing: [{ readonly callId: string; readonly from: string }]
  /** The one it calls does not want to talk. */
  'call-rejected': [{ readonly callId: string }]
  /** What it shows of a linking is not as it was. */
  'linking-screen': []
  /** WhatsApp asks this number for its passkey from now on, or no longer. */
  'passkey-gate': []
  /** A chat is archived, pinned, muted … or no longer, by this phone or a companion. */
  'chat-state': []
  /** A status (story) came, was posted, or was seen here. */
  stories: []
  /** It went online or offline. */
  online: [boolean]
}

const watched = [
  'put',
  'status',
  'changed',
  'removed',
  'chat-state',
  'stories',
  'online',
  'linking-screen',
  'passkey-gate',
] as const

/** Call what it gives to hear no more. */
export function watchEvents(
  events: EventEmitter<PhoneEvents>,
  { changed, typing }: PhoneWatcher,
): () => void {
  // Each open page watches; Node takes more than ten for a leak.
  events.setMaxListeners(0)
  for (const name of watched) events.on(name, changed)
  events.on('typing', typing)
  return () => {
    for (const name of watched) events.off(name, changed)
    events.off('typing', typing)
  }
}

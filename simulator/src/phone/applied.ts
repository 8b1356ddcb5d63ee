/** Applies to a message on the shelf what a later message does to it, and draws it again. */

import type { Change } from '../draw/change.js'
import type { PhoneEvents } from './phone-events.js'
import type { EventEmitter } from 'node:events'
import type { DisplayParts } from './display.js'
import { changed } from './changes.js'
import { displayed } from './display.js'
import { readableChatOf } from './chat-names.js'
import type { MessageShelf } from './message-shelf.js'
import { type FetchFile, withFiles } from './shown-file.js'

export interface AppliedParts extends DisplayParts {
  readonly shelf: MessageShelf
  readonly events: EventEmitter<PhoneEvents>
  readonly fetchFile: FetchFile
}

export async function apply(parts: AppliedParts, change: Change, from: string): Promise<void> {
  const { shelf, network, events } = parts
  // Its author changes the own one, where two authors used the id.
  const message = shelf.find(change.changes, from) ?? shelf.find(change.changes)
  const refuse = (why: string): void =>
    void events.emit('change-refused', { id: change.changes, from, why })
  if (message === undefined) return refuse('no such message')
  const outcome = changed(message, change, {
    from,
    at: network.now(),
    account: (digits) => network.byPhone(digits),
    isAdmin: isAdmin(network, message.chat, from),
  })
  if (outcome.kind === 'refused') return refuse(outcome.why)
  if (outcome.kind === 'state') return shelf.change({ ...message, state: outcome.state })
  const { id, key, stanza, status, at } = message
  const chat = readableChatOf(network, message.chat)
  const { content } = outcome
  const drawn = displayed(parts, { stanza, id, chat, from: message.from, content, status })
  const state = { ...message.state, edited: true as const }
  const { quote } = message.view
  const view = quote && !drawn.view.quote ? { ...drawn.view, quote } : drawn.view
  shelf.change({ ...(await withFiles({ ...drawn, key, at, view }, parts.fetchFile)), state })
}

function isAdmin(network: AppliedParts['network'], chat: string, from: string): boolean {
  const account = network.byPhone(from)
  return account !== undefined && network.group(chat)?.isAdmin(account) === true
}

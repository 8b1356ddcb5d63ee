/** Decides whether an instance wants to be told an event. */

import type { GatewayEvent } from '../domain/gateway-event.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { MessageTrait, Muted, Topic } from '../domain/muting.js'

const topics: Readonly<Record<GatewayEvent['kind'], Topic>> = {
  'message.sent': 'outcome',
  'message.failed': 'outcome',
  'message.undeliverable': 'outcome',
  'message.status-changed': 'status',
  'message.received': 'received',
  'call.changed': 'received',
  'chat.presence-changed': 'presence',
  'instance.connected': 'connected',
  'instance.disconnected': 'disconnected',
  'instance.passkey-needed': 'disconnected',
  'instance.proxy-failed': 'disconnected',
}

export function isMuted(event: GatewayEvent, muted: Muted): boolean {
  if (muted.topics.includes(topics[event.kind])) return true
  if (event.kind !== 'message.received') return false
  return traitsOf(event.message).some((trait) => muted.messages.includes(trait))
}

/** Kinds that have a trait; a copy-code message has none: "no texts" does not mean codes. */
const kinds: Partial<Record<IncomingMessage['content']['kind'], MessageTrait>> = {
  text: 'text',
  image: 'image',
  video: 'video',
  'round-video': 'video',
  audio: 'audio',
  document: 'document',
}

/** A channel and an own list are neither group nor private chat. */
const places: Partial<Record<IncomingMessage['chat']['kind'], MessageTrait>> = {
  group: 'in-group',
  person: 'in-private-chat',
}

function traitsOf({ chat, content }: IncomingMessage): readonly MessageTrait[] {
  return [places[chat.kind], kinds[content.kind]].filter((trait) => trait !== undefined)
}

/** Decides whether an instance wants to be told an event. */

import type { GatewayEvent } from '../domain/gateway-event.js'
import type { IncomingMessage } from '../domain/message.js'
import type { MessageTrait, Muted, Topic } from '../domain/muting.js'

const topics: Readonly<Record<GatewayEvent['kind'], Topic>> = {
  'message.sent': 'outcome',
  'message.failed': 'outcome',
  'message.status-changed': 'status',
  'message.received': 'received',
  'call.changed': 'received',
  'chat.presence-changed': 'presence',
  'instance.connected': 'connected',
  'instance.disconnected': 'disconnected',
  'instance.proxy-failed': 'disconnected',
}

export function isMuted(event: GatewayEvent, muted: Muted): boolean {
  if (muted.topics.includes(topics[event.kind])) return true
  if (event.kind !== 'message.received') return false
  return traitsOf(event.message).some((trait) => muted.messages.includes(trait))
}

/** A copy-code message has none by its content: nobody asks for less of what they wait for with "no texts". */
function traitsOf({ chat, content }: IncomingMessage): readonly MessageTrait[] {
  const place: MessageTrait = chat.kind === 'group' ? 'in-group' : 'in-private-chat'
  return content.kind === 'text' ? [place, 'text'] : [place]
}

/** Which message and which chat a callback tells of, for the person who looks for it. */

import { chatOf } from '../domain/chat.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { DeliverySubject } from './delivery-store.js'

export function subjectOf(event: GatewayEvent): DeliverySubject {
  switch (event.kind) {
    case 'message.sent':
    case 'message.failed':
    case 'message.undeliverable': {
      const { messageId, whatsappId, recipient } = event
      return { messageId, whatsappId, chat: chatOf(recipient) }
    }
    case 'message.status-changed':
      return { whatsappId: event.whatsappIds[0], chat: event.chat }
    case 'message.received':
      return { whatsappId: event.message.whatsappId, chat: event.message.chat }
    case 'call.changed':
      return { chat: event.call.chat }
    case 'chat.presence-changed':
      return { chat: event.presence.chat }
    case 'instance.connected':
    case 'instance.disconnected':
    case 'instance.passkey-needed':
    case 'instance.proxy-failed':
      return {}
  }
}

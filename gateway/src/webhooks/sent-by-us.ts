/** A message of ours as its chat shows it: told like one that was typed on the phone. */

import { chatOf } from '../domain/chat.js'
import type { MessageReceived, MessageSent, SentContent } from '../domain/gateway-event.js'
import type { InstanceSettings } from '../domain/instance.js'

/** Who an instance is on WhatsApp, as far as that is known. */
export interface Self {
  readonly phone?: string | undefined
  readonly lid?: string | undefined
}

/** The chat is the one that the caller wrote to, so that it comes in one line with the fact that it was sent. */
export function sentByUs(
  sent: MessageSent,
  content: SentContent,
  self: Self,
  { tellCodes }: Pick<InstanceSettings, 'tellCodes'>,
): MessageReceived {
  const chat = chatOf(sent.recipient)
  const lid = sent.chat.kind === 'person' ? sent.chat.lid : undefined
  return {
    kind: 'message.received',
    instanceId: sent.instanceId,
    occurredAt: sent.occurredAt,
    ownPhone: self.phone ?? '',
    throughUs: true,
    message: {
      whatsappId: sent.whatsappId,
      chat: chat.kind === 'person' && lid !== undefined ? { ...chat, lid } : chat,
      sender: { phone: self.phone, lid: self.lid },
      fromMe: true,
      at: sent.occurredAt,
      forwarded: false,
      ...content.context,
      content: tellCodes ? content.full : content.masked,
    },
  }
}

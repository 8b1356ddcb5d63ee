/** Builders for what the outbox works with. */

import type { MediaId } from '../../src/domain/incoming-content.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { OtpButtonContent } from '../../src/domain/content/otp-button.js'
import type { MessageId, OutgoingMessage, WhatsappId } from '../../src/domain/message.js'

const isMediaId = (text: string): text is MediaId => text !== ''
const isInstanceId = (text: string): text is InstanceId => text !== ''
const isMessageId = (text: string): text is MessageId => text !== ''
const isWhatsappId = (text: string): text is WhatsappId => text !== ''

/** Ids are only texts with a name; a test may choose its own. */
export function instanceIdOf(text: string): InstanceId {
  if (!isInstanceId(text)) throw new Error('an id is not empty')
  return text
}

export function mediaIdOf(text: string): MediaId {
  if (!isMediaId(text)) throw new Error('an id is not empty')
  return text
}

export function messageIdOf(text: string): MessageId {
  if (!isMessageId(text)) throw new Error('an id is not empty')
  return text
}

export function whatsappIdOf(text: string): WhatsappId {
  if (!isWhatsappId(text)) throw new Error('an id is not empty')
  return text
}

export const anOtp = (code = '845201'): OtpButtonContent => ({
  kind: 'otp-button',
  text: 'Seu código de acesso',
  code,
  buttonText: 'Copiar código',
})

export function anOutgoingMessage(fields: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: messageIdOf('019D44000000000000000000000000AA'),
    instanceId: instanceIdOf('3C000000000000000000000000000001'),
    whatsappId: whatsappIdOf('3EB0000000000000000001'),
    recipient: { kind: 'person', phone: '5511999990001' },
    content: anOtp(),
    status: 'sending',
    priority: 'high',
    acceptedAt: 1_000,
    typingMs: 0,
    attempts: 1,
    ...fields,
  }
}

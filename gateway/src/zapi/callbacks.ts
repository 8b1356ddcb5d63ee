/**
 * The bodies of Z-API's callbacks.
 *
 * Receivers tell the kinds of a message apart by which key is there, so a kind
 * that does not apply is an absent key and never `null`, and `error` exists on
 * failures only. Whatever we add to Z-API's keys is named in a comment here.
 */

import type {
  GatewayEvent,
  InstanceConnected,
  InstanceDisconnected,
  MessageFailed,
  MessageReceived,
  MessageSent,
  MessageStatusChanged,
} from '../domain/gateway-event.js'
import type { Fallback, IncomingContent, IncomingMessage } from '../domain/message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import { callCallback, presenceCallback } from './callback-calls.js'
import { lidOf, phoneOf, phoneOfPerson } from './to-zapi.js'

/** The callback for an event, ready for `JSON.stringify`. */
export function renderCallback(event: GatewayEvent): object {
  switch (event.kind) {
    case 'message.sent':
      return sentCallback(event)
    case 'message.failed':
      return failedCallback(event)
    case 'message.status-changed':
      return messageStatusCallback(event)
    case 'message.received':
      return receivedCallback(event)
    case 'call.changed':
      return callCallback(event)
    case 'chat.presence-changed':
      return presenceCallback(event)
    case 'instance.connected':
      return connectedCallback(event)
    case 'instance.disconnected':
      return disconnectedCallback(event)
  }
}

function deliveryCallback(event: MessageSent | MessageFailed): object {
  return {
    phone: phoneOf(event.recipient),
    zaapId: event.messageId,
    messageId: event.whatsappId,
    type: 'DeliveryCallback',
    instanceId: event.instanceId,
    momment: event.occurredAt,
  }
}

/** Our addition: `fallback`, when WhatsApp refused the button and plain text went in its place. */
function sentCallback(event: MessageSent): object {
  if (event.fallback === undefined) return deliveryCallback(event)
  return { ...deliveryCallback(event), fallback: fallbackOf(event.fallback) }
}

export function fallbackOf({ refusalCode, refusedWhatsappId }: Fallback): object {
  return {
    code: refusalCode,
    reason: `WhatsApp refused the button (code ${refusalCode}); the same content was sent as plain text`,
    refusedMessageId: refusedWhatsappId,
  }
}

function failedCallback(event: MessageFailed): object {
  return { ...deliveryCallback(event), ...errorKeys(event) }
}

/** Z-API's own words where it has some for what happened; our explanation says more in all other cases. */
export function errorKeys({
  reason,
  explanation,
}: Pick<MessageFailed, 'reason' | 'explanation'>): object {
  if (reason === 'no-such-recipient') return { error: 'Phone number does not exist' }
  if (reason !== 'restricted') return { error: explanation }
  return {
    error: `The message was not sent due to a likely shadow ban. ${explanation}`,
    errorCode: 'SHADOW_BAN',
  }
}

const statusNames: Record<ReceiptStatus, string> = {
  sent: 'SENT',
  delivered: 'RECEIVED',
  read: 'READ',
  played: 'PLAYED',
}

function messageStatusCallback(event: MessageStatusChanged): object {
  const isGroup = event.chat.kind === 'group'
  const participant = event.participant && phoneOfPerson(event.participant)
  return {
    instanceId: event.instanceId,
    status: statusNames[event.status],
    ids: event.whatsappIds,
    momment: event.occurredAt,
    ...(isGroup && participant !== undefined
      ? { participant, participantDevice: event.device ?? 0 }
      : { phoneDevice: event.device ?? 0 }),
    phone: phoneOf(event.chat),
    type: 'MessageStatusCallback',
    isGroup,
  }
}

function receivedCallback({ instanceId, ownPhone, throughUs, message }: MessageReceived): object {
  const { chat, sender, content } = message
  const isGroup = chat.kind === 'group'
  const senderName = message.senderName ?? phoneOfPerson(sender) ?? ''
  return {
    isStatusReply: false,
    chatLid: isGroup ? null : (lidOf(chat) ?? null),
    connectedPhone: ownPhone,
    waitingMessage: content.kind === 'masked',
    isEdit: false,
    isGroup,
    isNewsletter: false,
    instanceId,
    messageId: message.whatsappId,
    phone: phoneOf(chat),
    fromMe: message.fromMe,
    momment: message.at,
    status: message.fromMe ? 'SENT' : 'RECEIVED',
    chatName: chatName(message),
    senderPhoto: null,
    senderName,
    photo: null,
    broadcast: false,
    ...(isGroup ? { participantPhone: sender.phone ?? null } : {}),
    participantLid: isGroup ? (lidOf(sender) ?? null) : null,
    ...(message.quotedWhatsappId === undefined
      ? {}
      : { referenceMessageId: message.quotedWhatsappId }),
    forwarded: message.forwarded,
    type: 'ReceivedCallback',
    fromApi: throughUs ?? false,
    ...contentKeys(content),
  }
}

/** The name of a private chat is the other person's; nobody told us the subject of a group. */
function chatName(message: IncomingMessage): string | null {
  if (message.chat.kind === 'group') return null
  const theirName = message.fromMe ? undefined : message.senderName
  return theirName ?? phoneOf(message.chat)
}

/**
 * The key that says what kind of message it is.
 *
 * Our addition: `masked`. Z-API's `waitingMessage` means "no content yet", and
 * receivers treat it so; but what WhatsApp masks for linked devices never
 * comes, and only the key beside it says that nobody has to wait.
 */
function contentKeys(content: IncomingContent): object {
  switch (content.kind) {
    case 'text':
      return { text: { message: content.text } }
    case 'copy-code':
      return {
        hydratedTemplate: {
          header: {},
          message: content.text,
          footer: content.footer,
          title: content.title,
          templateId: '',
          hydratedButtons: content.buttons.map(({ text, code }, index) => ({
            urlButton: { displayText: text, url: copyCodeUrl(code) },
            index,
          })),
        },
      }
    case 'masked':
      return { masked: { reason: 'WhatsApp shows this message on the primary phone only' } }
  }
}

/** A link that WhatsApp's clients show as a copy button; they strip the `otp` in front of the code. */
function copyCodeUrl(code: string): string {
  return `https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp${encodeURIComponent(code)}`
}

function connectedCallback(event: InstanceConnected): object {
  return {
    type: 'ConnectedCallback',
    connected: true,
    momment: event.occurredAt,
    instanceId: event.instanceId,
    phone: event.phone,
    isBusiness: event.business,
  }
}

function disconnectedCallback(event: InstanceDisconnected): object {
  return {
    momment: event.occurredAt,
    error: event.explanation,
    disconnected: true,
    type: 'DisconnectedCallback',
    instanceId: event.instanceId,
  }
}

/**
 * The body of `ReceivedCallback`: what every message carries, and beside it the
 * one key that says what kind of message it is.
 */

import type { MessageReceived } from '../domain/gateway-event.js'
import type { AdReply, IncomingMessage } from '../domain/incoming-message.js'
import { isNotice } from '../domain/notice.js'
import { contentKeys, statusKeys } from './callback-content.js'
import type { MediaUrl } from './callback-media.js'
import { notificationKeys } from './callback-notification.js'
import { lidOf, phoneOf, phoneOfPerson } from './to-zapi.js'

export function receivedCallback(event: MessageReceived, mediaUrl: MediaUrl): object {
  const { message, throughUs } = event
  const { content, sender } = message
  const common = commonKeys(event)
  if (isNotice(content)) return { ...common, ...notificationKeys(content, sender) }
  return { ...common, fromApi: throughUs ?? false, ...saidKeys(message, mediaUrl) }
}

/** The content, and what it refers to. Empty for a notice. */
export function saidKeys(message: IncomingMessage, mediaUrl: MediaUrl): object {
  const { content, sender } = message
  if (isNotice(content)) return {}
  return {
    ...contextKeys(message, mediaUrl),
    ...listKeys(message),
    ...contentKeys(content, { sender, mediaUrl }),
  }
}

function commonKeys({ instanceId, ownPhone, message }: MessageReceived): object {
  const { chat, sender, content } = message
  const isGroup = chat.kind === 'group'
  const hidden = content.kind === 'masked' || content.kind === 'waiting'
  return {
    isStatusReply: message.answersStatus !== undefined,
    chatLid: chat.kind === 'person' ? (lidOf(chat) ?? null) : null,
    connectedPhone: ownPhone,
    waitingMessage: hidden,
    isEdit: message.editOf !== undefined,
    isGroup,
    isNewsletter: chat.kind === 'newsletter',
    instanceId,
    messageId: message.editOf ?? message.whatsappId,
    phone: phoneOf(chat),
    fromMe: message.fromMe,
    momment: message.at,
    status: message.fromMe && !isNotice(content) ? 'SENT' : 'RECEIVED',
    chatName: chatName(message),
    senderPhoto: null,
    senderName: message.senderName ?? phoneOfPerson(sender) ?? '',
    photo: null,
    broadcast: message.broadcast ?? false,
    ...(isGroup ? { participantPhone: sender.phone ?? null } : {}),
    participantLid: isGroup ? (lidOf(sender) ?? null) : null,
    forwarded: message.forwarded,
    type: 'ReceivedCallback',
  }
}

/** Our addition: `mentioned`, the phones of the people that the message names with an @. */
function contextKeys(message: IncomingMessage, mediaUrl: MediaUrl): object {
  const { quotedWhatsappId, editOf, whatsappId, expiresAfterSeconds, ad, answersStatus } = message
  return {
    ...(quotedWhatsappId === undefined ? {} : { referenceMessageId: quotedWhatsappId }),
    ...(editOf === undefined ? {} : { editMessageId: whatsappId }),
    ...(expiresAfterSeconds === undefined ? {} : { messageExpirationSeconds: expiresAfterSeconds }),
    ...(ad === undefined ? {} : { externalAdReply: adKeys(ad) }),
    ...(answersStatus === undefined ? {} : statusKeys(answersStatus, mediaUrl)),
    ...(message.mentions === undefined
      ? {}
      : { mentioned: message.mentions.map((person) => phoneOfPerson(person) ?? '') }),
  }
}

/** As Z-API does, by LID where it is known. */
function listKeys({ listRecipients }: IncomingMessage): object {
  if (listRecipients === undefined) return {}
  return { broadcastRecipients: listRecipients.map(({ lid, phone }) => lid ?? phone ?? '') }
}

function adKeys({ clickId, ...ad }: AdReply): object {
  return { ...ad, ctwaClid: clickId }
}

/** The name of a private chat is the other person's. */
function chatName(message: IncomingMessage): string | null {
  if (message.chat.kind !== 'person') return message.groupName ?? null
  const theirName = message.fromMe ? undefined : message.senderName
  return theirName ?? phoneOf(message.chat)
}

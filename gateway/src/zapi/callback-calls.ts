/**
 * The bodies of the callbacks about calls and presence.
 *
 * A call is a notification on `ReceivedCallback`. Unlike a message it carries
 * explicit nulls, and its kind is in `notification`. Z-API's pages name a
 * ringing call now `CALL_VOICE`, now `CALL_RECEIVED`; the first is what its
 * service was seen to send.
 */

import type { Call } from '../domain/call.js'
import type { CallChanged, ChatPresenceChanged } from '../domain/gateway-event.js'
import type { Presence } from '../domain/presence.js'
import { lidOf, phoneOf, phoneOfPerson } from './to-zapi.js'

export function callCallback({ instanceId, ownPhone, call }: CallChanged): object {
  const isGroup = call.chat.kind === 'group'
  const phone = phoneOf(call.chat)
  const name = call.callerName ?? phoneOfPerson(call.caller) ?? ''
  return {
    isStatusReply: false,
    chatLid: isGroup ? null : (lidOf(call.caller) ?? null),
    connectedPhone: ownPhone,
    waitingMessage: false,
    isEdit: false,
    isGroup,
    isNewsletter: false,
    instanceId,
    messageId: call.id,
    phone,
    fromMe: false,
    fromApi: false,
    momment: call.at,
    expiresAt: null,
    status: 'RECEIVED',
    chatName: isGroup ? (call.groupName ?? null) : name,
    senderPhoto: null,
    senderName: name,
    photo: null,
    broadcast: false,
    ...(isGroup ? { participantPhone: call.caller.phone ?? null } : {}),
    participantLid: isGroup ? (lidOf(call.caller) ?? null) : null,
    referenceMessageId: null,
    externalAdReply: null,
    forwarded: false,
    type: 'ReceivedCallback',
    notification: notificationOf(call),
    notificationParameters: [],
    callId: call.id,
    code: null,
    callDirection: 'incoming',
    isVideo: call.video,
  }
}

function notificationOf({ step, video }: Call): string {
  const medium = video ? 'VIDEO' : 'VOICE'
  if (step === 'taken') return 'CALL_ACCEPTED'
  return step === 'missed' ? `CALL_MISSED_${medium}` : `CALL_${medium}`
}

const presenceNames: Record<Presence, string> = {
  available: 'AVAILABLE',
  unavailable: 'UNAVAILABLE',
  composing: 'COMPOSING',
  recording: 'RECORDING',
  paused: 'PAUSED',
}

/** Our addition: `participant`, in groups, because their `phone` is the group's. */
export function presenceCallback({ instanceId, presence }: ChatPresenceChanged): object {
  const participant = presence.participant && phoneOfPerson(presence.participant)
  return {
    type: 'PresenceChatCallback',
    phone: phoneOf(presence.chat),
    ...(participant === undefined ? {} : { participant }),
    status: presenceNames[presence.presence],
    lastSeen: presence.lastSeenAt ?? null,
    instanceId,
  }
}

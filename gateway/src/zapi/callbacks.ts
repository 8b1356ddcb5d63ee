/**
 * The bodies of Z-API's callbacks.
 *
 * Receivers tell the kinds of a message apart by which key is there, so a kind
 * that does not apply is an absent key and never `null`, and `error` exists on
 * failures only. Whatever we add to Z-API's keys is named in a comment here.
 */

import { explain, sentenceOf } from '../domain/disconnection-texts.js'
import type {
  GatewayEvent,
  InstanceConnected,
  InstanceDisconnected,
  PasskeyNeeded,
  ProxyFailed,
  MessageFailed,
  MessageSent,
  MessageStatusChanged,
  MessageUndeliverable,
} from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import type { Fallback } from '../domain/message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import type { InPool } from '../domain/pool.js'
import type { EpochMs } from '../domain/time.js'
import { callCallback, presenceCallback } from './callback-calls.js'
import type { MediaUrl } from './callback-media.js'
import { receivedCallback } from './callback-received.js'
import { phoneOf, phoneOfPerson } from './to-zapi.js'

/** The callback for an event, ready for `JSON.stringify`. `mediaUrl` says where a received file can be fetched. */
export function renderCallback(event: GatewayEvent, mediaUrl: MediaUrl): object {
  switch (event.kind) {
    case 'message.sent':
      return sentCallback(event)
    case 'message.failed':
      return failedCallback(event)
    case 'message.undeliverable':
      return undeliverableCallback(event)
    case 'message.status-changed':
      return messageStatusCallback(event)
    case 'message.received':
      return receivedCallback(event, mediaUrl)
    case 'call.changed':
      return callCallback(event)
    case 'chat.presence-changed':
      return presenceCallback(event)
    case 'instance.connected':
      return connectedCallback(event)
    case 'instance.disconnected':
      return disconnectedCallback(event)
    case 'instance.passkey-needed':
      return passkeyCallback(event)
    case 'instance.proxy-failed':
      return proxyCallback(event)
  }
}

/** Ours: it tells of nothing, so that a person sees whether a receiver answers. */
export function testCallback(instanceId: InstanceId, now: EpochMs): object {
  return { type: 'TestCallback', instanceId, momment: now }
}

function deliveryCallback(event: MessageSent | MessageFailed): object {
  return {
    phone: phoneOf(event.recipient),
    zaapId: event.messageId,
    messageId: event.whatsappId,
    type: 'DeliveryCallback',
    instanceId: event.instanceId,
    momment: event.occurredAt,
    ...(event.pool && { poolId: event.pool.id, ...movesIn(event.pool) }),
  }
}

/** `instanceId` is the member that has the message now. */
function movesIn({ moves }: InPool): object {
  return moves.length === 0
    ? {}
    : { moves: moves.map(({ at, from, to, why }) => ({ momment: at, from, to, reason: why })) }
}

/**
 * Our additions: `poolId` and `moves` of a message of a pool; `fallback`, when it went in another form than its caller gave it; `alsoAsText`, the
 * messages that say the same as plain text; `warning`, when an edit was sent that phones may not show
 * any more.
 */
function sentCallback(event: MessageSent): object {
  const { fallback, also, isLateEdit } = event
  return {
    ...deliveryCallback(event),
    ...(fallback && { fallback: fallbackOf(fallback) }),
    ...(also && {
      alsoAsText: also.map(({ messageId: zaapId, whatsappId: messageId }) => ({
        zaapId,
        messageId,
      })),
    }),
    ...(isLateEdit ? { warning: lateEdit } : {}),
  }
}

const lateEdit =
  'The message was sent more than 20 minutes before its edit. WhatsApp took the edit, but apps ignore an edit that comes so late and go on showing the earlier text.'

/** Attributes that do not apply are left out, as JSON leaves out what is undefined. */
export function fallbackOf(fallback: Fallback): object {
  const { refusalCode, refusedWhatsappId, sentAs = 'text', partOf } = fallback
  return {
    code: refusalCode,
    reason: reasonOf(fallback),
    sentAs,
    refusedMessageId: refusedWhatsappId,
    partOf,
  }
}

function reasonOf({ refusalCode, because, sentAs = 'text', partOf }: Fallback): string {
  if (partOf !== undefined)
    return 'This message says again or goes on with what another one says; partOf is its zaapId'
  if (refusalCode !== undefined) {
    const form = sentAs === 'text' ? 'plain text' : `the kind "${sentAs}"`
    return `WhatsApp refused the button (code ${refusalCode}); the same content was sent as ${form}`
  }
  return because === 'group'
    ? 'Lists in groups show on Android alone; the same content was sent as plain text'
    : 'The instance is set to send plain text in place of buttons'
}

/** Ours as a whole. */
function undeliverableCallback(event: MessageUndeliverable): object {
  const { instanceId, acceptedAt, expiresAt, mayHaveArrived } = event
  return {
    phone: phoneOf(event.recipient),
    zaapId: event.messageId,
    messageId: event.whatsappId,
    type: 'UndeliverableCallback',
    instanceId,
    momment: event.occurredAt,
    acceptedAt,
    expiresAt,
    mayHaveArrived,
    ...(event.pool && { poolId: event.pool.id, ...movesIn(event.pool) }),
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
    ...(event.pool && { poolId: event.pool.id }),
  }
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

/** Ours: Z-API tells of it in the answers of qr-code and phone-code alone. Without the challenge, which those have. */
function passkeyCallback(event: PasskeyNeeded): object {
  return {
    type: 'PasskeyCallback',
    instanceId: event.instanceId,
    momment: event.occurredAt,
    deadline: event.deadline,
  }
}

/** Unlike Z-API's, without the proxy's user and password. */
function proxyCallback(event: ProxyFailed): object {
  return {
    type: 'ProxyCallback',
    instanceId: event.instanceId,
    error: `The instance was connected without proxy, the configured proxy (${event.proxy}) failed 3 times to connect.`,
  }
}

/** Our additions: `reason`, `cause` and `cure`, and `until` where WhatsApp named the end. */
function disconnectedCallback({
  occurredAt,
  instanceId,
  disconnection,
}: InstanceDisconnected): object {
  const { reason, until } = disconnection
  const { cause, cure } = explain(disconnection)
  return {
    momment: occurredAt,
    error: sentenceOf(disconnection),
    disconnected: true,
    type: 'DisconnectedCallback',
    instanceId,
    reason,
    cause: cause.en,
    cure: cure.en,
    ...(until === undefined ? {} : { until }),
  }
}

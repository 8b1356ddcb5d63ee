/** A failed callback as the calls on callbacks show it. */

import { Type } from 'typebox'
import type { EpochMs } from '../../domain/time.js'
import type { Letter } from '../../webhooks/dead-letters.js'
import type { AttemptRecord } from '../../webhooks/attempt-records.js'
import type { GatewayEvent } from '../../domain/gateway-event.js'
import { phoneOf } from '../to-zapi.js'
import { InvalidRequestError, UnknownCallbackError } from '../error-replies.js'

export const orNull = <T extends 'string' | 'integer'>(type: T, description: string) =>
  Type.Unsafe<(T extends 'string' ? string : number) | null>({ type: [type, 'null'], description })

export const callbackEntry = {
  id: Type.String({ description: 'The same as its header webhook-id.' }),
  type: Type.String({ description: 'The type of its body: DeliveryCallback, ….' }),
  status: Type.String({ description: 'pending, dead or done.' }),
  phone: orNull('string', 'The chat that it tells of.'),
  zaapId: orNull('string', 'The message that it tells of, if that was sent by this gateway.'),
  messageId: orNull('string', "WhatsApp's id of that message, also of a received one."),
  url: Type.String({ description: 'Where it goes.' }),
  attempts: Type.Integer({ description: 'How often it was tried.' }),
  error: orNull('string', 'Why the last attempt failed.'),
  created: Type.Integer({ description: 'Milliseconds since 1970.' }),
  ended: orNull('integer', 'When the last attempt failed for good, milliseconds since 1970.'),
}

export const callbackExample = {
  id: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
  type: 'DeliveryCallback',
  status: 'dead',
  phone: '5511999999999',
  zaapId: '019D44C19D0A7F2BA3C5B3E1D7F90A11',
  messageId: '3EB0C767D097B7C7C030',
  url: 'https://example.com/whatsapp',
  attempts: 10,
  error: 'HTTP 500',
  created: 1_795_600_000_000,
  ended: 1_795_860_000_000,
}

export const callbackParams = {
  callbackId: Type.String({
    description: "The callback's id, as the list and its header name it.",
  }),
}

export const moment = 'ISO 8601 with its zone, a date alone, or milliseconds since 1970.'

export const typeNames: Readonly<Record<GatewayEvent['kind'], string>> = {
  'message.sent': 'DeliveryCallback',
  'message.failed': 'DeliveryCallback',
  'message.undeliverable': 'UndeliverableCallback',
  'message.status-changed': 'MessageStatusCallback',
  'message.received': 'ReceivedCallback',
  'call.changed': 'ReceivedCallback',
  'chat.presence-changed': 'PresenceChatCallback',
  'instance.connected': 'ConnectedCallback',
  'instance.disconnected': 'DisconnectedCallback',
  'instance.passkey-needed': 'PasskeyCallback',
  'instance.proxy-failed': 'ProxyCallback',
}

export function entryOf(letter: Letter): object {
  return {
    id: letter.id,
    type: Object.hasOwn(typeNames, letter.eventKind)
      ? Reflect.get(typeNames, letter.eventKind)
      : letter.eventKind,
    status: letter.status,
    phone: letter.chat === undefined ? null : phoneOf(letter.chat),
    zaapId: letter.messageId ?? null,
    messageId: letter.whatsappId ?? null,
    url: letter.url,
    attempts: letter.attempts,
    error: letter.error ?? null,
    created: letter.createdAt,
    ended: letter.endedAt ?? null,
  }
}

export const attemptEntry = {
  at: Type.Integer({ description: 'When it began, milliseconds since 1970.' }),
  durationMs: Type.Integer({ description: 'How long it took.' }),
  statusCode: orNull('integer', 'What the receiver answered; null if no answer came.'),
  error: orNull('string', 'What was wrong; null if it was taken.'),
  answer: orNull(
    'string',
    'The beginning of what it answered, at most 1,000 characters, codes masked.',
  ),
}

export const attemptExample = {
  at: 1_795_600_000_400,
  durationMs: 83,
  statusCode: 500,
  error: 'HTTP 500',
  answer: 'column "status" does not exist',
}

export function attemptOf({ at, durationMs, statusCode, error, answer }: AttemptRecord): object {
  return {
    at,
    durationMs,
    statusCode: statusCode ?? null,
    error: error ?? null,
    answer: answer ?? null,
  }
}

/** An attribute that names one of the receivers of the instance. */
export const receiverUrl = Type.String({
  minLength: 1,
  maxLength: 2_048,
  description: 'The URL of the receiver, as `GET callbacks/receivers` names it.',
})

export function unknownReceiver(): UnknownCallbackError {
  return new UnknownCallbackError(
    'No callback of this instance goes to this URL: GET callbacks/receivers lists the URLs.',
  )
}

const isoMoment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/u

/** A date alone is its beginning in UTC. Throws `InvalidRequestError`. */
export function timeIn(text: string, attribute = 'since'): EpochMs {
  const at = /^\d{1,15}$/u.test(text) ? Number(text) : isoMoment.test(text) ? Date.parse(text) : NaN
  if (!Number.isNaN(at)) return at
  throw new InvalidRequestError(
    `${attribute} must be a moment: 2026-11-20T10:00:00Z, or milliseconds since 1970`,
  )
}

export function unknownCallback(): UnknownCallbackError {
  return new UnknownCallbackError(
    'There is no such callback. A delivered one is kept for 7 days, a failed one for 30.',
  )
}

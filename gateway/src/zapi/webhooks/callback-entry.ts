/** A failed callback as the calls on callbacks show it. */

import { Type } from 'typebox'
import type { EpochMs } from '../../domain/time.js'
import type { Letter } from '../../webhooks/dead-letters.js'
import type { GatewayEvent } from '../../domain/gateway-event.js'
import { InvalidRequestError, UnknownCallbackError } from '../error-replies.js'

export const orNull = (type: 'string' | 'integer', description: string) =>
  Type.Unsafe<string | number | null>({ type: [type, 'null'], description })

export const callbackEntry = {
  id: Type.String({ description: 'The same as its header webhook-id.' }),
  type: Type.String({ description: 'The type of its body: DeliveryCallback, ….' }),
  status: Type.String({ description: 'pending, dead or done.' }),
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

const typeNames: Readonly<Record<GatewayEvent['kind'], string>> = {
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
    url: letter.url,
    attempts: letter.attempts,
    error: letter.error ?? null,
    created: letter.createdAt,
    ended: letter.endedAt ?? null,
  }
}

const isoMoment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/u

/** A date alone is its beginning in UTC. Throws `InvalidRequestError`. */
export function momentOf(text: string, attribute = 'since'): EpochMs {
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

/** Z-API's names of the callbacks, and the checks that their URLs have to pass. */

import { ForbiddenUrlError } from '../domain/errors.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { checkUrl, type UrlRule } from '../runtime/check-url.js'
import { InvalidRequestError } from './error-replies.js'

export type EventKind = Exclude<GatewayEvent['kind'], 'message.undeliverable'>

/** The events that each of Z-API's callbacks tells of. Z-API's "delivery" is our *sent*. */
export const callbackKinds = {
  delivery: ['message.sent', 'message.failed'],
  received: ['message.received', 'call.changed'],
  connected: ['instance.connected'],
  disconnected: ['instance.disconnected'],
  messageStatus: ['message.status-changed'],
  chatPresence: ['chat.presence-changed'],
  proxy: ['instance.proxy-failed'],
  // Ours.
  passkey: ['instance.passkey-needed'],
} as const satisfies Record<string, readonly EventKind[]>

export type CallbackName = keyof typeof callbackKinds

export const everyKind: readonly EventKind[] = Object.values(callbackKinds).flat()

/** `null` and blank text mean "no callback". Throws `InvalidRequestError` naming `attribute`. */
export function callbackUrlOf(
  text: string | null,
  attribute: string,
  rule: UrlRule,
): string | undefined {
  const url = text?.trim() ?? ''
  if (url === '') return undefined
  checkAttribute(url, attribute, rule)
  return url
}

/** Throws `InvalidRequestError` that says which attribute holds a URL which will not do, and why. */
export function checkAttribute(url: string, attribute: string, rule: UrlRule): void {
  try {
    checkUrl(url, rule)
  } catch (cause) {
    if (!(cause instanceof ForbiddenUrlError)) throw cause
    throw new InvalidRequestError(`${attribute}: ${cause.message}`, { cause })
  }
}

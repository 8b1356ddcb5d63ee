/**
 * Why Baileys closed a socket. Its errors are Booms with the code in `output.statusCode`, and
 * their text says where the code comes from:
 *
 * | Text | Code | `data` |
 * |---|---|---|
 * | `Connection Failure` | `reason` of WhatsApp's `<failure>` | its attributes |
 * | `Stream Errored (…)` | `code` of WhatsApp's `<stream:error>`, else made up | its child |
 * | `WebSocket Error (…)` | made up: 408 or 500 | the error of `ws` |
 * | others | Baileys' own | |
 *
 * An HTTP status in place of a WebSocket is not WhatsApp's word: a captive portal answers 401 and
 * 403 too. The codes of WhatsApp and what its own client does with them: its modules
 * `WAWebHandleFailure` and `WAWebHandleStreamError`.
 */

import type { Closed, CloseReason } from '../../domain/engine.js'
import type { EpochMs } from '../../domain/time.js'
import {
  innermostCode,
  type NetworkFailure,
  networkFailureOf,
} from '../../runtime/network-failure.js'

/** @param wasReached whether WhatsApp had answered over this socket before it closed */
export function closedBy(error: unknown, wasReached: boolean, now: EpochMs): Closed {
  const code = statusCodeOf(error) ?? 0
  const text = messageOf(error)
  if (text.startsWith('WebSocket Error'))
    return wasReached ? { reason: 'network' } : neverReached(dataOf(error))
  if (isRemoved(dataOf(error))) return { reason: 'logged-out' }
  const known = reasons.get(code)
  if (code === 402) return { reason: 'suspended', until: endOfBan(dataOf(error), now) }
  if (known !== undefined) return { reason: known }
  if (code === 408 && text.startsWith('QR refs')) return { reason: 'pairing-timed-out' }
  if (text !== 'Connection Failure') return { reason: 'network' }
  return { reason: 'login-failed', detail: String(code) }
}

const reasons: ReadonlyMap<number, CloseReason> = new Map([
  [401, 'logged-out'],
  // WhatsApp's own client calls 403 locked and 406 banned.
  [403, 'banned'],
  [406, 'banned'],
  [405, 'outdated'],
  [409, 'outdated'],
  [440, 'replaced'],
  [501, 'unavailable'],
  [503, 'unavailable'],
  [515, 'restart-required'],
  // Of a `<stream:error>`: WhatsApp logs this device out.
  [516, 'logged-out'],
])

/** The upgrade to a WebSocket failed, so WhatsApp has said nothing. */
function neverReached(cause: unknown): Closed {
  if (/handshake has timed out/u.test(messageOf(cause)))
    return { reason: 'unreachable', detail: 'ETIMEDOUT' }
  return { reason: reasonOfFailure[networkFailureOf(cause)], detail: innermostCode(cause) }
}

/** The upgrade to a WebSocket was answered with this HTTP status. */
export function answeredBy(status = 0): Closed {
  return status === 503 ? { reason: 'unavailable' } : { reason: 'blocked', detail: String(status) }
}

const reasonOfFailure: Readonly<Record<NetworkFailure, CloseReason>> = {
  name: 'name-not-found',
  connect: 'unreachable',
  timeout: 'unreachable',
  cut: 'unreachable',
  tls: 'tls-failed',
  port: 'unreachable',
  encoding: 'blocked',
  'not-http': 'blocked',
  unknown: 'network',
}

/** A `<conflict>` of any type but `replaced` means that the device was removed; it may come without a code. */
function isRemoved(data: unknown): boolean {
  const attrs = fieldOf(data, 'attrs')
  return fieldOf(data, 'tag') === 'conflict' && fieldOf(attrs, 'type') !== 'replaced'
}

/** `expire` is a number of seconds, or a moment in seconds since 1970. */
function endOfBan(data: unknown, now: EpochMs): EpochMs | undefined {
  const seconds = Number(fieldOf(data, 'expire') ?? Number.NaN)
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return undefined
  return seconds > 1_000_000_000 ? seconds * 1_000 : now + seconds * 1_000
}

function statusCodeOf(error: unknown): number | undefined {
  const code = fieldOf(fieldOf(error, 'output'), 'statusCode')
  return typeof code === 'number' ? code : undefined
}

function dataOf(error: unknown): unknown {
  return fieldOf(error, 'data')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

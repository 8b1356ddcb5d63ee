/**
 * The states of a session.
 *
 * - **idle**: no socket and none wanted. Not paired yet, logged out by request, or closed.
 * - **connecting**: a socket is on its way to WhatsApp.
 * - **pairing**: WhatsApp does not know the device; QR codes are shown until one is scanned or all are used up.
 * - **open**: logged in; messages go and come. The only state in which `send` writes.
 * - **waiting**: the socket ended, and a new one is tried at `until`.
 * - **ended**: the socket ended and does not come back by itself, only on request.
 */

import type { EngineEvent } from '../domain/engine.js'
import type { EpochMs } from '../domain/time.js'

type Opened = Omit<Extract<EngineEvent, { kind: 'opened' }>, 'kind'>

export type SessionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'pairing' }
  | ({ readonly kind: 'open'; readonly since: EpochMs } & Opened)
  | { readonly kind: 'waiting'; readonly until: EpochMs }
  | { readonly kind: 'ended' }

const successors: Readonly<Record<SessionState['kind'], readonly SessionState['kind'][]>> = {
  idle: ['connecting'],
  connecting: ['pairing', 'open', 'waiting', 'ended', 'idle'],
  pairing: ['open', 'waiting', 'ended', 'idle'],
  open: ['waiting', 'ended', 'idle'],
  waiting: ['connecting', 'ended', 'idle'],
  ended: ['connecting', 'idle'],
}

/** Anything else is a bug of ours. */
export function mayBecome(state: SessionState, next: SessionState): boolean {
  return successors[state.kind].includes(next.kind)
}

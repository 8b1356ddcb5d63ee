/**
 * Learns ahead, in three questions for all, what a send to each of many people would ask for.
 *
 * A stranger costs round trips one after the other: whether the number is on WhatsApp, which
 * devices it has, their keys. Nothing here is needed for a send to succeed: what could not be
 * learned, the send asks for itself.
 *
 * A session that was opened ahead has sent nothing, so no ratchet is ahead of it,
 * and it is stored before any send sees it.
 */

import type { WASocket } from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type { DeviceSessions } from '../keys/device-sessions.js'
import { ownJids } from '../keys/renew-encryption.js'
import type { RecipientResolver } from './resolve.js'

export interface LookAheadContext {
  readonly sock: WASocket
  readonly resolver: RecipientResolver
  readonly sessions: DeviceSessions
  readonly closed: AbortSignal
}

/** Throws when WhatsApp does not answer; what was learned until then is kept, and trying again is safe. */
export async function lookAhead(
  recipients: readonly Recipient[],
  { sock, resolver, sessions, closed }: LookAheadContext,
): Promise<void> {
  const jids = await resolver.addressesOf(recipients)
  if (jids.length === 0 || closed.aborted) return
  await sessions.reach([...jids, ...ownJids(sock)])
}

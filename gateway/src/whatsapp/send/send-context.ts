/** What preparing and writing a message need of its connection. */

import type { WASocket } from 'baileys'
import type { ChatId } from '../../domain/chat.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { NewsletterApi } from '../../domain/newsletter.js'
import type { WhatsappId } from '../../domain/message.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { PairingMemory } from '../connection/pairing-memory.js'
import type { ButtonShape } from '../content/biz.js'
import type { DeviceSessions } from '../keys/device-sessions.js'
import type { RatchetDoubts } from '../keys/ratchet-doubts.js'
import type { MediaHosts } from '../media/media-hosts.js'
import type { KeptMessagePort } from '../receive/kept-message-port.js'
import type { PendingAcks } from './acks.js'
import type { ChatTimerPort } from './chat-timer.js'
import type { FreshGroups } from './reach.js'
import type { RecipientResolver } from './resolve.js'
import type { StatusAudience } from './status-audience.js'

export interface SendContext {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly acks: PendingAcks
  readonly resolver: RecipientResolver
  readonly sessions: DeviceSessions
  readonly groups: FreshGroups
  readonly doubts: RatchetDoubts
  readonly memory: Pick<PairingMemory, 'sentIds' | 'uploads' | 'addressing'>
  readonly keptMessages: KeptMessagePort
  readonly timers: ChatTimerPort
  /** Throws when WhatsApp does not answer. */
  readonly statusAudience: () => Promise<StatusAudience>
  readonly clock: Clock
  readonly log: Log
  readonly buttonShape: ButtonShape
  readonly mediaHosts: MediaHosts
  readonly newsletters: Pick<NewsletterApi, 'find' | 'inviteAdmin'>
  /** Called when the ack comes after `unknown` was answered. */
  tellLateAck(whatsappId: WhatsappId, chat: ChatId, serverId: string | undefined): void
  /** A message was written and not acknowledged: the connection ends, and it goes again on the next one. */
  endUnconfirmed(cause: unknown): void
  /** Makes sure that the socket is not dead while something takes long. Call what it gives when that is over. */
  watch(): () => void
  /** Aborts as soon as the connection is of no use any more. */
  readonly closed: AbortSignal
}

/** Throws `NotConnectedError`. */
export function assertOpen({ sock, closed }: SendContext): void {
  if (closed.aborted || !sock.ws.isOpen)
    throw new NotConnectedError('the connection to WhatsApp is not open')
}

export function connectionLost(): never {
  throw new NotConnectedError('the connection was lost')
}

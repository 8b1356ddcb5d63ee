/** What a session needs of others. */

import type { Call } from '../domain/call.js'
import type { LinkMarks } from '../domain/disconnection.js'
import type { Engine, MessageMark, Receipt } from '../domain/engine.js'
import type { InstanceId } from '../domain/instance.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { ChatPresence } from '../domain/presence.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import type { Notices } from './notices.js'
import type { Semaphore } from './semaphore.js'

/** Who hears what comes over a session. */
export interface SessionListener {
  /** Messages may be sent now. */
  opened(instanceId: InstanceId): void
  /** The connection broke or ended. */
  closed(instanceId: InstanceId): void
  receipt(instanceId: InstanceId, receipt: Receipt): Promise<void>
  received(instanceId: InstanceId, ownPhone: string, message: IncomingMessage): Promise<void>
  called(instanceId: InstanceId, ownPhone: string, call: Call): Promise<void>
  /** These two are ephemeral: WhatsApp does not repeat them. */
  presence(instanceId: InstanceId, presence: ChatPresence): Promise<void>
  statusPosted(instanceId: InstanceId, status: MessageMark): Promise<void>
}

/** Whether a device is linked: then it has an identity. `CredentialStore` implements it. */
export interface LinkPort {
  loadIdentity(instanceId: InstanceId): Promise<Uint8Array | undefined>
  /** Stores the credentials of a device that was linked elsewhere, in one transaction. */
  save(instanceId: InstanceId, session: AdoptedSession): Promise<void>
  /** What else is known of the link. */
  loadMarks(instanceId: InstanceId): Promise<LinkMarks>
  markChallenged(instanceId: InstanceId, at: EpochMs): Promise<void>
}

/** The credentials of a device that was linked elsewhere, as the engine stores them. */
export interface AdoptedSession {
  readonly identity: Uint8Array
  readonly keys: readonly {
    readonly type: string
    readonly id: string
    readonly value: Uint8Array | undefined
  }[]
}

export interface SessionOptions {
  readonly instanceId: InstanceId
  readonly engine: Engine
  readonly credentials: LinkPort
  readonly listener: SessionListener
  readonly notices: Notices
  readonly connectSemaphore: Semaphore
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
}

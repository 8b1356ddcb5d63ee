/** What a random day of a pool came to, as its rules read it. */

import type { InstanceId } from '../../src/domain/instance.js'
import type { Move, OnUnknown } from '../../src/domain/pool.js'
import type { SendResult } from '../../src/domain/sending.js'
import type { EpochMs } from '../../src/domain/time.js'
import type { Accepted } from '../../src/outbox/limits/admission.js'
import type { Standing } from '../../src/pools/presence.js'
import type { SeenSend } from './outbox-world.js'
import type { PoolWorld } from './pool-world.js'

/** So long a send takes at most. */
export const longestFlightMs = 5_000

/** The last two are one person. */
export const phones = ['5511999990001', '5511999990002', '5511999990003', '551199990003'] as const
export interface Sent {
  readonly phone: (typeof phones)[number]
  readonly onUnknown: OnUnknown
  readonly expiresInSeconds: number
  readonly priority: 'high' | 'normal' | 'low'
}

export interface Taken extends Sent {
  readonly id: Accepted['id']
  readonly acceptedAt: EpochMs
  readonly code: string
  /** Digits of the person, the same for both forms of a number. */
  readonly person: string
}

/** How the connection and the membership of an instance stood from a moment on. */
export interface Stand {
  readonly member: InstanceId
  readonly at: EpochMs
  readonly standing: Standing
  readonly isMember: boolean
}

export interface WaitingRow {
  readonly id: string
  readonly instanceId: InstanceId
  readonly status: string
  readonly moves: readonly Move[]
  /** How many sends were begun. */
  readonly begun: number
}

export interface Played {
  readonly world: PoolWorld
  readonly instances: readonly InstanceId[]
  readonly taken: readonly Taken[]
  readonly stands: readonly Stand[]
  /** What the engine was told to answer; without an entry it sent the message. */
  readonly answers: ReadonlyMap<SeenSend, SendResult>
  /** How many sends had been begun at each end of a process. */
  readonly ends: readonly number[]
  /** When the last process began. */
  readonly endedAt: EpochMs
  readonly now: EpochMs
  standOf(member: InstanceId): Stand
  /** The message that each ending is about. */
  endings(): readonly { readonly messageId: string }[]
  sendsOf(message: Taken): readonly SeenSend[]
  rows(): Promise<readonly WaitingRow[]>
}

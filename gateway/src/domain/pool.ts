/** A pool: an id and a token like those of an instance, behind which several instances send. */

import type { InstanceId } from './instance.js'
import type { EpochMs } from './time.js'

/**
 * Why a message went from one member to another before it was sent. `disconnected`: its member was
 * away. `restricted`: its member may start no conversation. `refused`: WhatsApp refused it because of
 * the number. `unknown`: it was written and not confirmed, and its caller allows a second copy.
 * `removed`: its member left the pool. `full`: its member has reached a limit of its own. `order`: it
 * follows its person, to whom another member writes by now.
 */
export const moveReasons = [
  'disconnected',
  'restricted',
  'refused',
  'unknown',
  'removed',
  'full',
  'order',
] as const

export type MoveReason = (typeof moveReasons)[number]

export interface Move {
  readonly at: EpochMs
  readonly from: InstanceId
  readonly to: InstanceId
  readonly why: MoveReason
}

/**
 * What becomes of a message that was written and not confirmed: it may have arrived. `wait`: it stays
 * with its member, who sends it again under the same id. `resend-elsewhere`: another member sends it,
 * so that the person may have it twice.
 */
export type OnUnknown = 'wait' | 'resend-elsewhere'

/** Of a message that was accepted for a pool. */
export interface InPool {
  readonly id: InstanceId
  readonly onUnknown: OnUnknown
  /** The oldest first. */
  readonly moves: readonly Move[]
}

export interface PoolMember {
  readonly instanceId: InstanceId
  /** 1 to 100: its share of the people whom no member knows. */
  readonly weight: number
}

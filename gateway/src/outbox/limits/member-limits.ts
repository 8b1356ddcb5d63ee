/** What counts for a number that sends for pools. */

import type { InstanceId } from '../../domain/instance.js'
import { areOn, noSendingLimits, type SendingLimits } from '../../domain/sending-limits.js'

/** What counts for a number or a pool. */
export interface LimitsInForce extends SendingLimits {
  /** The pool that the number has its warm-up from. */
  readonly warmUpPool?: InstanceId
}

export interface LimitsOfPool {
  readonly id: InstanceId
  readonly limits: SendingLimits
}

/**
 * The limits of the number itself, and the warm-up of the first pool that has one if the number has not
 * chosen. Its days are those of the number; they begin in the time zone of the pool if the number has no
 * limits and no time zone of its own. All else that a pool limits counts for the pool, not for the number.
 */
export function limitsOfMember(own: SendingLimits, pools: readonly LimitsOfPool[]): LimitsInForce {
  if (own.warmUp !== null) return own
  const pool = pools.find(({ limits }) => limits.warmUp === true)
  if (pool === undefined) return own
  const hasOwnDays = areOn(own) || own.timeZone !== noSendingLimits.timeZone
  const { timeZone } = hasOwnDays ? own : pool.limits
  return { ...own, warmUp: true, timeZone, warmUpPool: pool.id }
}

/** What counts for all that is sent for a pool. Its warm-up is one of its members. */
export function limitsOfPool(own: SendingLimits): SendingLimits {
  return { ...own, warmUp: null }
}

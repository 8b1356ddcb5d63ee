/** What is wrong with a number or its receivers, as pages show it: the words are those of the alerts. */

import { explanationOf } from '../alerts/alert-texts.js'
import type { Fault } from '../alerts/rules.js'
import { isDisconnectionReason, remedyOf } from '../domain/disconnection.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { withoutAbsent } from './words.js'

/** Of all instances, or of one. */
export type TroubleReader = (only?: InstanceId) => Promise<readonly Fault[]>

/** A connection that is lost and tried again by itself is no trouble for so long. */
const passingMs = 60_000

/** Whether it is over in a moment without anything being done. */
export function isPassing({ since, subject }: Fault, now: EpochMs): boolean {
  const { kind, reason = '' } = subject
  if (kind !== 'number-down' || !isDisconnectionReason(reason)) return false
  return remedyOf(reason) === 'wait' && now - since < passingMs
}

export function shownTrouble({ key, since, subject }: Fault) {
  const { kind, until, host } = subject
  return withoutAbsent({
    key,
    kind,
    ...explanationOf(subject),
    since: Number.isFinite(since) ? since : undefined,
    until,
    host,
  })
}

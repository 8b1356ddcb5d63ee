/** What is kept of each attempt of a delivery, for the person who mends its receiver. Sealed: a receiver may repeat what it got. */

import type { Vault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Attempt } from './attempt.js'

export interface AttemptRecord {
  /** When it began. */
  readonly at: EpochMs
  readonly durationMs: number
  /** Of the answer, if one came. */
  readonly statusCode?: number
  /** What was wrong: a status, or the code of a network error. */
  readonly error?: string
  /** The beginning of the answer's body. */
  readonly answer?: string
}

interface Place {
  readonly id: string
  readonly instanceId: InstanceId
}

/** A delivery that is sent again restarts its count, so there may be more than one schedule has. */
const mostKept = 20

const contextOf = ({ id, instanceId }: Place): string => `delivery-attempts/${instanceId}/${id}`

/** The newest come last. What does not open is not there: it must not stop a delivery. */
export function openAttempts(
  vault: Vault,
  place: Place,
  sealed: Uint8Array | undefined,
): readonly AttemptRecord[] {
  if (sealed === undefined) return []
  try {
    // Only `sealAttempts` wrote it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(
      Buffer.from(vault.open(sealed, contextOf(place))).toString(),
    ) as AttemptRecord[]
  } catch {
    return []
  }
}

/** With one more attempt. */
export function sealAttempts(
  vault: Vault,
  place: Place,
  before: Uint8Array | undefined,
  attempt: Attempt,
): Uint8Array {
  const all = [...openAttempts(vault, place, before), recordOf(attempt)].slice(-mostKept)
  return vault.seal(Buffer.from(JSON.stringify(all)), contextOf(place))
}

export function recordOf({ outcome, problem, at, durationMs, answer }: Attempt): AttemptRecord {
  const isTaken =
    outcome.kind === 'answered' && outcome.statusCode >= 200 && outcome.statusCode < 300
  return {
    at,
    durationMs,
    ...(outcome.kind === 'answered' ? { statusCode: outcome.statusCode } : {}),
    ...(isTaken ? {} : { error: problem }),
    ...(answer === undefined ? {} : { answer }),
  }
}

/**
 * Decides when an instance may send its next message.
 *
 * WhatsApp restricts numbers that write like machines, so one instance sends
 * one message at a time with an uneven gap between them. This module only
 * computes: `instance-queue.ts` does the waiting, and tests pass their own `random`.
 */

import type { Database } from '../../db/database.js'
import type { InstanceId, InstanceSettings } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'

/** The gap between two sends of one instance. Both ends are included. */
export interface PacingPolicy {
  readonly minGapMs: number
  readonly maxGapMs: number
}

/** The gap that an instance has now; its own or that of the gateway. */
export type PacingPort = (instanceId: InstanceId, query: Database['query']) => Promise<PacingPolicy>

/** The send that the next message has to keep its distance from. */
export interface LastSend {
  readonly sentAt: EpochMs
  /** The gap that message's caller asked for. It replaces the policy. */
  readonly gapAfterMs?: number | undefined
}

/** The gap of an instance: its own if it has one. Both ends are set together. */
export function pacingOf(
  ofGateway: PacingPolicy,
  own: Pick<InstanceSettings, 'minGapMs' | 'maxGapMs'> | undefined,
): PacingPolicy {
  const minGapMs = own?.minGapMs ?? null
  const maxGapMs = own?.maxGapMs ?? null
  return minGapMs === null || maxGapMs === null ? ofGateway : { minGapMs, maxGapMs }
}

/**
 * The moment from which on the next message may leave; a moment in the past means "now".
 *
 * The gap counts from the last send and not from the present, so an instance
 * that has been quiet owes no waiting: a lone OTP goes out at once.
 *
 * Draws from `random`, so call it once per send and keep the answer.
 */
export function nextSendAt(
  last: LastSend | undefined,
  policy: PacingPolicy,
  random: () => number = Math.random,
): EpochMs {
  return last === undefined ? 0 : last.sentAt + (last.gapAfterMs ?? drawGap(policy, random))
}

function drawGap({ minGapMs, maxGapMs }: PacingPolicy, random: () => number): number {
  return minGapMs + Math.floor(random() * (maxGapMs - minGapMs + 1))
}

/**
 * Decides which member of a pool writes to a person.
 *
 * One person has one thread: the member that wrote to them last goes on, as long as it can. Else one
 * that they know, because WhatsApp lets a number write to people it knows even while it may start no
 * conversation. Else the one whose message leaves first. Those whose message leaves in time come before
 * all others: a code that arrives from another number is better than one that does not arrive.
 */

import type { InstanceId } from '../domain/instance.js'
import type { PoolMember } from '../domain/pool.js'

/** `coming`: its connection broke a moment ago, and most are back within a second. */
export type Presence = 'open' | 'coming' | 'away'

/** A member, as it stands for one message. */
export interface Candidate extends PoolMember {
  readonly presence: Presence
  /** WhatsApp lets it not write to this person at present. */
  readonly isBarred: boolean
  /** Its caps let it write to this person now. */
  readonly hasRoom: boolean
  /** The person wrote to it, or had a message of it. */
  readonly isKnown: boolean
  /** How long the message would wait. */
  readonly expectedWaitMs: number
  /** So long it may wait at most; `undefined`: as long as it takes. */
  readonly patienceMs?: number | undefined
}

/** Waits that differ by no more count as the same, so that weights decide. */
export const sameWaitMs = 200

/**
 * `sticky`: the member that this person was given before. `draw`: at random, from 0 up to 1. If no
 * member can write now, gives the one where the message waits; `undefined` without members.
 */
export function chooseMember(
  candidates: readonly Candidate[],
  sticky: InstanceId | undefined,
  draw: number,
): Candidate | undefined {
  const given = candidates.find(({ instanceId }) => instanceId === sticky)
  if (given !== undefined && isReady(given)) return given
  const ready = candidates.filter(isReady)
  if (ready.length === 0 && given !== undefined && canWrite(given)) return given
  const able = ready.length > 0 ? ready : candidates.filter(canWrite)
  const open = able.filter(({ presence }) => presence === 'open')
  for (const group of [known(open), open, known(able), able])
    if (group.length > 0) return drawn(group, draw)
  if (given !== undefined && !given.isBarred) return given
  const unbarred = candidates.filter(({ isBarred }) => !isBarred)
  for (const group of [known(unbarred), unbarred, candidates])
    if (group.length > 0) return drawn(group, draw)
  return undefined
}

/** Whether a message may be left with it. */
export function canWrite({ presence, isBarred, hasRoom }: Candidate): boolean {
  return presence !== 'away' && !isBarred && hasRoom
}

/** Whether a message may be left with it, and leaves in time. */
export function isReady(candidate: Candidate): boolean {
  const { expectedWaitMs, patienceMs = Infinity } = candidate
  return canWrite(candidate) && expectedWaitMs < patienceMs
}

function known(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ isKnown }) => isKnown)
}

/** One of those with the shortest wait, by weight. */
function drawn(candidates: readonly Candidate[], draw: number): Candidate | undefined {
  const shortest = Math.min(...candidates.map(({ expectedWaitMs }) => expectedWaitMs))
  const first = candidates.filter(({ expectedWaitMs }) => expectedWaitMs <= shortest + sameWaitMs)
  let left = draw * first.reduce((sum, { weight }) => sum + weight, 0)
  for (const candidate of first) {
    left -= candidate.weight
    if (left < 0) return candidate
  }
  return first.at(-1)
}

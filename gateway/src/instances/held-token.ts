/** Rotation: a token that was replaced counts beside the new one until its overlap ends. */

import type { EpochMs } from '../domain/time.js'
import { hashesMatch, hashToken } from '../runtime/token-hash.js'

/** What is kept of a token and of the one that it replaced. */
export interface HeldToken {
  readonly hash: string
  readonly previousHash?: string | undefined
  readonly previousUntil?: EpochMs | undefined
}

/** Whether the token counts now. Both comparisons always happen, each in constant time. */
export function matchesHeld(token: string, held: HeldToken | undefined, now: EpochMs): boolean {
  const hash = hashToken(token)
  const isCurrent = hashesMatch(hash, held?.hash ?? '')
  const isPrevious = hashesMatch(hash, held?.previousHash ?? '')
  return isCurrent || (isPrevious && now < (held?.previousUntil ?? 0))
}

/** Until when what is replaced now still counts; undefined for an overlap of 0. */
export function overlapEnd(now: EpochMs, overlapMs: number): EpochMs | undefined {
  return overlapMs > 0 ? now + overlapMs : undefined
}

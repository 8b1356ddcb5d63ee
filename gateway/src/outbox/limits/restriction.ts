/**
 * Decides what a 463 means: that a number may start no conversation for a
 * while, or that something is wrong with one contact only.
 *
 * WhatsApp uses the code for both. Its own word on the number decides; without
 * it two different strangers have to be refused, with none taken in between.
 * docs/decisions/0003 says why.
 */

import type { NewChats } from '../../domain/sending.js'
import type { EpochMs } from '../../domain/time.js'

const hourMs = 3_600_000

/** How long it is taken to last when WhatsApp names no end. */
export const assumedMs = 6 * hourMs
/** WhatsApp's locks last days. Whatever it names, after this long we look for ourselves. */
export const longestMs = 30 * 24 * hourMs
/** Two refusals that are further apart than this have nothing to do with each other. */
export const suspicionMs = hourMs

/** What is known about a number. */
export interface Standing {
  /** Strangers are refused until then; a moment in the past means that they are not. */
  readonly until: EpochMs
  /** The stranger who was refused last, without WhatsApp's word on the number. */
  readonly suspect?: { readonly personHash: string; readonly at: EpochMs } | undefined
}

export const unrestricted: Standing = { until: 0 }

/** A message was refused with 463. `stranger` is their hash by each name; `undefined` for contacts and groups. */
export function afterRefusal(
  standing: Standing,
  stranger: readonly string[] | undefined,
  newChats: NewChats | undefined,
  now: EpochMs,
): Standing {
  switch (newChats?.kind) {
    case 'free':
      return unrestricted
    case 'locked':
      return { until: Math.min(newChats.until ?? now + assumedMs, now + longestMs) }
    case undefined:
      return stranger === undefined ? standing : afterStranger(standing, stranger, now)
  }
}

/** A stranger's message was taken: what was refused before was that contact's own matter. */
export function afterStrangerTaken({ until }: Standing): Standing {
  return { until }
}

/** When it lifts, if it holds now. One that seems to hold for longer than any can is a clock that was set back. */
export function restrictedUntil({ until }: Standing, now: EpochMs): EpochMs | undefined {
  return until > now && until - now <= longestMs ? until : undefined
}

function afterStranger(standing: Standing, stranger: readonly string[], now: EpochMs): Standing {
  if (isSecondStranger(standing, stranger, now))
    return { until: Math.max(standing.until, now + assumedMs) }
  const [personHash] = stranger
  return personHash === undefined ? standing : { ...standing, suspect: { personHash, at: now } }
}

function isSecondStranger(
  { suspect }: Standing,
  stranger: readonly string[],
  now: EpochMs,
): boolean {
  if (suspect === undefined || stranger.includes(suspect.personHash)) return false
  return Math.abs(now - suspect.at) < suspicionMs
}

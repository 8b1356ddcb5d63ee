/**
 * Decides what follows an attempt to deliver: done, another attempt, or the end.
 *
 * The schedule is the one that Standard Webhooks recommends: ten attempts over
 * about 75 hours. This module only computes; `courier.ts` does the waiting.
 */

import type { EpochMs } from '../domain/time.js'

/** How one POST ended. */
export type AttemptOutcome =
  | {
      readonly kind: 'answered'
      readonly statusCode: number
      /** The header as it came: seconds or an HTTP date. */
      readonly retryAfter?: string | undefined
    }
  /** Refused, reset, timed out, or an address that we do not call. */
  | { readonly kind: 'unanswered' }

export type NextStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly at: EpochMs }
  | { readonly kind: 'dead' }
  /** There will never be a receiver at this URL again. */
  | { readonly kind: 'gone' }

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** The wait before each attempt, counted from the failure of the one before it. */
export const waitsMs: readonly number[] = [
  0,
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
]

/** After so many attempts without success it has failed. */
export const mostAttempts = waitsMs.length

/** A wait may be a tenth shorter or longer, so that many lanes do not come back in the same second. */
const jitter = 0.1

/** A receiver may ask for a longer wait than the schedule's, but for no longer than this. */
const longestRetryAfterMs = 24 * hourMs

/**
 * How old a delivery may get: as old as the longest draw of the schedule.
 *
 * A delivery that waited behind the head of its lane has used up its time, not
 * its attempts. Without this limit the lane of an endpoint that is gone for
 * good would shrink by one every 75 hours and grow for ever.
 */
export const longestLifeMs = waitsMs.reduce((sum, ms) => sum + ms, 0) * (1 + jitter)

/** A presence is of no interest once it is over. */
const presenceLifeMs = 30 * secondMs

/** Whether it is too old to be of any use, so that it is not told at all. */
export function isStale(
  delivery: { readonly eventKind: string; readonly createdAt: EpochMs },
  now: EpochMs,
): boolean {
  const isPresence = delivery.eventKind === 'chat.presence-changed'
  return isPresence && now - delivery.createdAt >= presenceLifeMs
}

/**
 * What to do after an attempt that ended at `now`.
 *
 * `attempts` counts it too. Every 2xx is done; 410 says that no receiver will ever
 * listen there again; all else, redirects included, is tried again. Nothing
 * ends dead before it was attempted once, however long it waited in its lane.
 *
 * Draws from `random`, so call it once per attempt and keep the answer.
 */
export function nextStep(
  delivery: { readonly attempts: number; readonly createdAt: EpochMs },
  outcome: AttemptOutcome,
  now: EpochMs,
  random: () => number = Math.random,
): NextStep {
  if (outcome.kind === 'answered') {
    if (outcome.statusCode >= 200 && outcome.statusCode < 300) return { kind: 'done' }
    if (outcome.statusCode === 410) return { kind: 'gone' }
  }

  const waitMs = waitsMs[delivery.attempts]
  if (waitMs === undefined || now - delivery.createdAt >= longestLifeMs) return { kind: 'dead' }

  const jitteredMs = Math.round(waitMs * (1 - jitter + 2 * jitter * random()))
  const askedMs = outcome.kind === 'answered' ? readRetryAfter(outcome.retryAfter, now) : undefined
  // The header says how long to wait at least; a short one must not use up the attempts.
  return { kind: 'retry', at: now + Math.max(jitteredMs, askedMs ?? 0) }
}

/** The wait that a `Retry-After` asks for, bounded; `undefined` when it says nothing we understand. */
function readRetryAfter(header: string | undefined, now: EpochMs): number | undefined {
  const text = header?.trim() ?? ''
  const askedMs = /^\d+$/.test(text) ? Number(text) * secondMs : Date.parse(text) - now
  if (Number.isNaN(askedMs)) return undefined
  return Math.min(Math.max(askedMs, 0), longestRetryAfterMs)
}

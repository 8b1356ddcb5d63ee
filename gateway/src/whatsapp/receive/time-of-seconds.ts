import type { EpochMs } from '../../domain/time.js'

/**
 * WhatsApp dates in whole seconds, cut off. What is dated in the second that
 * runs has happened now, and not before the message that it answers.
 */
export function timeOfSeconds(seconds: number, now: EpochMs): EpochMs {
  return Math.floor(now / 1_000) === seconds ? now : seconds * 1_000
}

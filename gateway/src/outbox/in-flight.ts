/**
 * Decides whether a message may leave while others of its line are not acknowledged yet.
 *
 * Messages leave in their order either way. Waiting for each ack costs a round trip a message,
 * which matters only to a line without gaps; so only what needs no care goes on ahead: one
 * message a person, for the first time, without an image. Whatever has to be repeated is the head of its
 * line again and goes alone.
 */

import { formsOf } from '../domain/phone-forms.js'
import type { OutgoingMessage } from '../domain/message.js'
import type { PacingPolicy } from './pacing.js'

/** 16 round trips of 50 ms are 320 messages a second, more than one session can encrypt. */
export const mostInFlight = 16

/** Whether others may leave before this one is acknowledged, and it before others are. */
export function isPlain(message: OutgoingMessage, policy: PacingPolicy): boolean {
  const { recipient, content, typingMs, status, attempts, fallback, gapAfterMs } = message
  return (
    recipient.kind === 'person' &&
    content.image === undefined &&
    typingMs === 0 &&
    status === 'queued' &&
    attempts === 0 &&
    fallback === undefined &&
    (gapAfterMs ?? policy.maxGapMs) === 0
  )
}

/** `inFlight` as they were before they left. */
export function mayFollow(
  next: OutgoingMessage,
  inFlight: readonly OutgoingMessage[],
  policy: PacingPolicy,
): boolean {
  if (inFlight.length === 0) return true
  if (inFlight.length >= mostInFlight) return false
  if (![next, ...inFlight].every((each) => isPlain(each, policy))) return false
  const forms = new Set(inFlight.flatMap(formsOfRecipient))
  return !formsOfRecipient(next).some((form) => forms.has(form))
}

/** The same person, however the caller wrote the number. */
function formsOfRecipient({ recipient }: OutgoingMessage): readonly string[] {
  return recipient.kind === 'person' ? formsOf(recipient.phone) : []
}

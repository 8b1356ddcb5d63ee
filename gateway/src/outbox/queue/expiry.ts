/** Decides how long a message is worth sending. A login code that comes late does harm; a Pix string does not. */

import { type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'

/** The least that a caller may ask for: nothing that is accepted expires sooner. */
export const shortestLifeSeconds = 30

/** How long the copy of a message without expiry is kept for devices that could not read it. */
const longestResendMs = 72 * 3_600_000

/**
 * The moment from which on a message must not leave any more, or `undefined`
 * if it may always. `expiresInSeconds` is the caller's wish, already checked.
 */
export function expiresAt(
  acceptedAt: EpochMs,
  content: MessageContent,
  expiresInSeconds?: number,
): EpochMs | undefined {
  if (expiresInSeconds !== undefined) return acceptedAt + expiresInSeconds * 1_000
  const lifeMs = lifetimeMsOf(content)
  return lifeMs === undefined ? undefined : acceptedAt + lifeMs
}

/** A code, and what its caller gives a time, is worth less with every second. */
export function priorityOf(message: { readonly expiresAt?: EpochMs | undefined }): Priority {
  return message.expiresAt === undefined ? 'normal' : 'high'
}

/** The priority that a message will have. `priority`: what its caller asks for. */
export function priorityOfNew({
  content,
  expiresInSeconds,
  priority,
}: {
  readonly content: MessageContent
  readonly expiresInSeconds?: number | undefined
  readonly priority?: Priority | undefined
}): Priority {
  return priority ?? priorityOf({ expiresAt: expiresAt(0, content, expiresInSeconds) })
}

/** A login code is the only content that expires by itself. */
export function isLoginCode(content: MessageContent): boolean {
  return lifetimeMsOf(content) !== undefined
}

export function isExpired(
  message: { readonly expiresAt?: EpochMs | undefined },
  now: EpochMs,
): boolean {
  return now >= (message.expiresAt ?? Infinity)
}

/** Until when a device that could not decrypt the message may have it again. */
export function resendUntil(message: {
  readonly acceptedAt: EpochMs
  readonly expiresAt?: EpochMs | undefined
}): EpochMs {
  return message.expiresAt ?? message.acceptedAt + longestResendMs
}

function lifetimeMsOf(content: MessageContent): number | undefined {
  return traitsOf(content).lifetimeMs?.(content)
}

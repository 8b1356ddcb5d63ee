/** How long a chat is muted. */

import type { ChatView } from '../../simulator/src/control-answers.js'

const HOUR_MS = 3_600_000

export function isMutedAt({ mutedUntil }: ChatView, now: number): boolean {
  return mutedUntil === 'always' || (mutedUntil ?? 0) > now
}

/** Of a choice on the page. */
export function muteEnd(value: string, now: number): number | 'always' | 'never' {
  if (value === 'hours') return now + 8 * HOUR_MS
  if (value === 'week') return now + 7 * 24 * HOUR_MS
  return value === 'always' ? 'always' : 'never'
}

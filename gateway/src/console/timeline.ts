/** The steps of a message in the order in which they happened. */

import type { MessageHistory } from '../outbox/history/message-history.js'
import type { TimelineStep } from './message-answers.js'

export function timelineOf(history: MessageHistory): TimelineStep[] {
  const steps: TimelineStep[] = [{ kind: 'accepted', at: history.acceptedAt }]
  for (const { claimedAt, outcome, refusalCode } of history.attempts)
    steps.push({
      kind: 'attempt',
      at: claimedAt,
      outcome,
      ...(refusalCode === undefined ? {} : { refusalCode }),
    })
  const reached = [
    ['sent', history.sentAt],
    ['delivered', history.deliveredAt],
    ['read', history.readAt],
    ['played', history.playedAt],
  ] as const
  for (const [kind, at] of reached) if (at !== undefined) steps.push({ kind, at })
  const { status, endedAt } = history
  if (
    endedAt !== undefined &&
    (status === 'failed' || status === 'expired' || status === 'cancelled')
  )
    steps.push({ kind: status, at: endedAt })
  return steps
}

/** The steps of a message in the order in which they happened. */

import type { InstanceId } from '../domain/instance.js'
import type { MessageHistory } from '../outbox/history/message-history.js'
import type { TimelineStep } from './message-answers.js'

/** `nameOf` gives the name of an instance, also of one that is gone. */
export function timelineOf(
  history: MessageHistory,
  nameOf: (instanceId: InstanceId) => string,
): TimelineStep[] {
  const steps: TimelineStep[] = [{ kind: 'accepted', at: history.acceptedAt }]
  const moves = (history.pool?.moves ?? []).map(
    ({ at, from, to, why }): TimelineStep => ({
      kind: 'moved',
      at,
      from: nameOf(from),
      to: nameOf(to),
      cause: why,
    }),
  )
  for (const { claimedAt, outcome, refusalCode } of history.attempts)
    steps.push({
      kind: 'attempt',
      at: claimedAt,
      outcome,
      ...(refusalCode === undefined ? {} : { refusalCode }),
    })
  // An attempt that ended in a move began before it.
  steps.push(...moves)
  steps.sort((one, other) => one.at - other.at)
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

/** Invites the people in private who may not be added to a group. */

import type { InstanceId } from '../../domain/instance.js'
import { GatewayError } from '../../domain/errors.js'
import type { MemberOutcome } from '../../domain/group.js'
import type { Modules } from '../modules.js'

/** The privacy of the person asks for an invitation, or the person left a short time ago. */
const invitable: readonly MemberOutcome['refusal'][] = [403, 408]

/**
 * Queues a message with the link for each of them, as any other message. Returns what is left
 * to tell of: those who were invited count as done.
 */
export async function inviteRefused(
  instanceId: InstanceId,
  outcomes: readonly MemberOutcome[],
  link: () => Promise<string | undefined>,
  { outbox }: Pick<Modules, 'outbox'>,
): Promise<readonly MemberOutcome[]> {
  if (!outcomes.some(({ refusal }) => invitable.includes(refusal))) return outcomes
  const text = await link()
  if (text === undefined) return outcomes
  const left: MemberOutcome[] = []
  for (const outcome of outcomes) {
    const { asked, refusal } = outcome
    const isInvited =
      invitable.includes(refusal) &&
      (await outbox
        .accept(instanceId, { recipient: asked, content: { kind: 'text', text } })
        .then(() => true, refusedOnly))
    left.push(isInvited ? { asked } : outcome)
  }
  return left
}

/** A message that is not accepted is no invitation; anything else is a bug. */
function refusedOnly(cause: unknown): false {
  if (cause instanceof GatewayError) return false
  throw cause
}

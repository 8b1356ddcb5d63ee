/** Sends to broadcast lists: a message of its own to each person. */

import { type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { InstanceId } from '../../domain/instance.js'
import { contentBytesOf, largeBytes } from '../../outbox/content-bytes.js'
import type { Submission } from '../../outbox/submission.js'
import { InvalidRequestError } from '../error-replies.js'
import type { Modules } from '../modules.js'
import { phoneOf, type SendAnswer, sendAnswer } from '../to-zapi.js'

export interface ListSendAnswer extends SendAnswer {
  readonly messages: readonly {
    readonly phone: string
    readonly zaapId: string
    readonly messageId: string
  }[]
}

/**
 * Queues one message for each person of the list, all or none. Throws `InvalidRequestError`, and what
 * `Outbox.accept` throws.
 */
export async function sendToList(
  instanceId: InstanceId,
  listId: string,
  message: Omit<Submission, 'recipient'>,
  idempotencyKey: string | undefined,
  { broadcastLists, outbox }: Pick<Modules, 'broadcastLists' | 'outbox'>,
): Promise<ListSendAnswer> {
  refuseForLists(message.content)
  const list = await broadcastLists.find(instanceId, listId)
  if (list === undefined)
    throw new InvalidRequestError(
      'Invalid phone: this instance has no such broadcast list. GET /broadcast tells the ids.',
    )
  const { first, copies } = await outbox.acceptCopies(instanceId, list.people, message, {
    idempotencyKey,
    parameters: { ...message, list: listId },
  })
  return {
    ...sendAnswer(first),
    messages: copies.map(({ recipient, accepted }) => ({
      phone: phoneOf(recipient),
      zaapId: accepted.id,
      messageId: accepted.whatsappId,
    })),
  }
}

/** What is meant for one chat alone, or would be stored once for each person. */
function refuseForLists(content: MessageContent): void {
  const traits = traitsOf(content)
  if (traits.code?.(content) !== undefined)
    throw new InvalidRequestError('Invalid phone: a code goes to one person, not to a list')
  const about = traits.earlier?.(content) ?? content.context?.answers
  if (about !== undefined && about.chat === undefined)
    throw new InvalidRequestError(
      'Invalid phone: a message about another one goes to the chat of that one, not to a list',
    )
  if (contentBytesOf(content) > largeBytes)
    throw new InvalidRequestError(
      'Invalid phone: to a list a file is given as a URL, because each person would get a copy of it',
    )
}

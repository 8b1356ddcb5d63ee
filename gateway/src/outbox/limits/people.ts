/** Persons by every name that is known of them. */

import type { Database, Transaction } from '../../db/database.js'
import type { PersonId, Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'

/** Which number and which LID are the same person. */
export interface PeoplePort {
  /** The person with the other name too, where it is known. */
  whole(
    instanceId: InstanceId,
    person: PersonId,
    query: Transaction['query'] | Database['query'],
  ): Promise<PersonId>
  /** Keeps the pairs among them, for `whole`. */
  learn(
    instanceId: InstanceId,
    people: readonly PersonId[],
    transaction: Transaction,
  ): Promise<void>
}

/** `undefined` for a group and a channel. */
export function personIn(recipient: Recipient): PersonId | undefined {
  if (recipient.kind === 'person') return { phone: recipient.phone }
  return recipient.kind === 'lid' ? { lid: recipient.lid } : undefined
}

/** Counts what a number, or a pool, has sent, from the rows of `message`. */

import { type Kysely, sql } from 'kysely'
import { prepared } from '../../db/prepared.js'
import type { Schema } from '../../db/schema.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import { dayIn } from './local-day.js'
import type { SentToday } from './sending-limits.js'

type Query = Kysely<Schema>

/** A number counts by its instance. */
export interface Owner {
  readonly id: InstanceId
  readonly isPool: boolean
}

interface Since {
  readonly id: InstanceId
  readonly since: EpochMs
}

const countMessages = {
  instance: prepared((query, given: Since) =>
    query
      .selectFrom('message')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('instance_id', '=', given.id)
      .where('counted_at', '>=', given.since),
  ),
  pool: prepared((query, given: Since) =>
    query
      .selectFrom('message')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('pool_id', '=', given.id)
      .where('counted_at', '>=', given.since),
  ),
}

const findNewPeople = {
  instance: prepared((query, given: Since) =>
    query
      .selectFrom('message')
      .select('chat_key')
      .distinct()
      .where('instance_id', '=', given.id)
      .where('counted_at', '>=', given.since)
      .where(sql.ref('is_first'), '=', sql.lit(1)),
  ),
  pool: prepared((query, given: Since) =>
    query
      .selectFrom('message')
      .select('chat_key')
      .distinct()
      .where('pool_id', '=', given.id)
      .where('counted_at', '>=', given.since)
      .where(sql.ref('is_first'), '=', sql.lit(1)),
  ),
}

const findLastSendBefore = prepared(
  (query, given: { readonly id: InstanceId; readonly at: EpochMs }) =>
    query
      .selectFrom('message')
      .select('sent_at')
      .where('instance_id', '=', given.id)
      .where('sent_at', '<', given.at)
      .where('sent_at', 'is not', null)
      .orderBy('sent_at', 'desc')
      .limit(sql.lit(1)),
)

/** `newPeople` names their chats, as the column `chat_key` does. */
export interface Counted extends SentToday {
  readonly chats: ReadonlySet<string>
}

/** `since`: the beginning of the day. `withPeople`: whether new people matter. */
export async function countSent(
  query: Query,
  { id, isPool }: Owner,
  since: EpochMs,
  withPeople: boolean,
): Promise<Counted> {
  const of = isPool ? 'pool' : 'instance'
  const { rows } = await countMessages[of](query, { id, since })
  const messages = rows[0]?.count ?? 0
  const people = withPeople ? (await findNewPeople[of](query, { id, since })).rows : []
  const chats = new Set(people.flatMap(({ chat_key: chat }) => chat ?? []))
  return { messages, newPeople: chats.size, chats }
}

/**
 * On how many days before this one the number has sent something, at most `most`. `since`: when it was
 * linked. What is older than 30 days is not known any more, so the warm-up of a number that was silent
 * for so long begins again.
 */
export async function countDaysBefore(
  query: Query,
  id: InstanceId,
  {
    startsAt,
    timeZone,
    since,
  }: { readonly startsAt: EpochMs; readonly timeZone: string; readonly since: EpochMs },
  most: number,
): Promise<number> {
  let at = startsAt
  for (let count = 0; count < most; count += 1) {
    const { rows } = await findLastSendBefore(query, { id, at })
    const sentAt = rows[0]?.sent_at ?? undefined
    if (sentAt === undefined || sentAt < since) return count
    at = dayIn(timeZone, sentAt).startsAt
  }
  return most
}

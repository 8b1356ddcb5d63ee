/** When each instance last had a message in any chat, sent or received. */

import type { Database } from '../db/database.js'
import type { EpochMs } from '../domain/time.js'

/** An instance without chats is missing. Reads one row of an index for each instance. */
export async function readLastMessages(
  query: Database['query'],
): Promise<ReadonlyMap<string, EpochMs>> {
  const rows = await query
    .selectFrom('instance')
    .select((row) => [
      'id',
      row
        .selectFrom('directory_chat')
        .select(({ fn }) => fn.max('last_message_at').as('at'))
        .whereRef('instance_id', '=', 'instance.id')
        .where('deleted_at', 'is', null)
        .as('at'),
    ])
    .execute()
  return new Map(rows.flatMap(({ id, at }) => (at === null || at === 0 ? [] : [[id, at]])))
}

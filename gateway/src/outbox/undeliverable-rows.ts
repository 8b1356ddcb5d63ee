/** Reads and removes the moments at which callers are told that a code is not sent yet. */

import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { EpochMs } from '../domain/time.js'
import { waiting } from './history/message-statuses.js'
import {
  type MessageRow,
  type TrackedMessage,
  trackedColumns,
  trackedMessageFrom,
} from './message-row.js'

type Query = Kysely<Schema>

export class UndeliverableRows {
  due(query: Query, now: EpochMs, limit: number): Promise<readonly { readonly id: string }[]> {
    return query
      .selectFrom('message')
      .select('id')
      .where(waiting)
      .where('undeliverable_at', '<=', now)
      .orderBy('undeliverable_at')
      .limit(limit)
      .execute()
  }

  async next(query: Query): Promise<EpochMs | undefined> {
    const row = await query
      .selectFrom('message')
      .select('undeliverable_at')
      .where(waiting)
      .where('undeliverable_at', 'is not', null)
      .orderBy('undeliverable_at')
      .limit(1)
      .executeTakeFirst()
    return row?.undeliverable_at ?? undefined
  }

  /** Removes the moment; `undefined` if it was told before, or the message does not wait any more. */
  async told(
    query: Query,
    id: string,
  ): Promise<(TrackedMessage & { readonly expiresAt?: EpochMs | undefined }) | undefined> {
    const row = await query
      .updateTable('message')
      .set({ undeliverable_at: null })
      .where('id', '=', id)
      .where(waiting)
      .where('undeliverable_at', 'is not', null)
      .returning([...trackedColumns, 'expires_at'])
      .$castTo<Pick<MessageRow, (typeof trackedColumns)[number] | 'expires_at'>>()
      .executeTakeFirst()
    return row && { ...trackedMessageFrom(row), expiresAt: row.expires_at ?? undefined }
  }
}

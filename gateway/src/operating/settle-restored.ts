/**
 * Makes what comes from an old backup safe to start with.
 *
 * Between the backup and its restore the gateway has gone on: messages that
 * wait in the backup may have been sent, and the ratchets on the wire have
 * moved. So nothing that waited is sent, and no old ratchet is used.
 */

import { sql, type SqlBool } from 'kysely'
import type { Transaction } from '../db/database.js'
import type { EpochMs } from '../domain/time.js'

/**
 * In the transaction that brings the rows back.
 *
 * What waits becomes *unknown* with its time over: the next start tells of
 * each that it is unconfirmed, and sends none. Uses columns of the first
 * schema only, because the rows may be as old.
 *
 * @param staleKeyTypes the types of keys that must not come back
 * @returns how many messages had waited
 */
export async function settleRestored(
  { query }: Transaction,
  staleKeyTypes: readonly string[],
  now: EpochMs,
): Promise<number> {
  await query.deleteFrom('signal_key').where('type', 'in', staleKeyTypes).execute()
  const { numUpdatedRows } = await query
    .updateTable('message')
    .set({ status: 'unknown', expires_at: now, retry_at: null })
    .where(sql<SqlBool>`status in ('queued', 'sending', 'unknown')`)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

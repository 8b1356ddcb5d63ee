/** Erases many rows without holding up what else the process and the database do. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Schema } from './schema.js'
import { keys, type TableName } from './tables.js'

/** SQLite runs a statement on the event loop: 40 to 130 µs a row on two busy cores, and another call waits for no longer than 50 ms. */
const rowsAtOnce = 25

/**
 * In portions, each committed by itself: the rows of the others stay if one fails. Safe to repeat.
 *
 * @param query outside a transaction: the loop turns between two portions
 * @returns how many rows there were
 */
export async function eraseRows(
  query: Kysely<Schema>,
  table: TableName,
  where: RawBuilder<SqlBool>,
): Promise<number> {
  const key = sql.join(keys[table].map((name) => sql.ref(name)))
  return inPortions(async (most) => {
    const rows = sql`select ${key} from ${sql.table(table)} where ${where} limit ${most}`
    const { numAffectedRows = 0n } =
      await sql`delete from ${sql.table(table)} where (${key}) in (${rows})`.execute(query)
    return Number(numAffectedRows)
  })
}

/**
 * Repeats `erase` until it erases fewer than `most` rows. The loop turns between two portions.
 *
 * @param erase at most `most` rows; gives how many
 * @returns the sum
 */
export async function inPortions(erase: (most: number) => Promise<number>): Promise<number> {
  let erased = 0
  for (;;) {
    const portion = await erase(rowsAtOnce)
    erased += portion
    if (portion < rowsAtOnce) return erased
    await nextTurn()
  }
}

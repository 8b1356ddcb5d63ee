/** Erases many rows without holding up what else the process and the database do. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Schema } from './schema.js'
import { keys, type TableName } from './tables.js'

/** SQLite runs a statement on the event loop: 50 to 100 µs a row on two busy cores, so at most 10 ms. */
const rowsAtOnce = 100

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
  const rows = sql`select ${key} from ${sql.table(table)} where ${where} limit ${rowsAtOnce}`
  let erased = 0
  for (;;) {
    const { numAffectedRows = 0n } =
      await sql`delete from ${sql.table(table)} where (${key}) in (${rows})`.execute(query)
    erased += Number(numAffectedRows)
    if (numAffectedRows < rowsAtOnce) return erased
    await nextTurn()
  }
}

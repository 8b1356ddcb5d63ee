/** Every difference between SQLite and PostgreSQL, in one place. */

import { type ColumnDataType, type CreateTableBuilder, sql } from 'kysely'
import type { DialectName } from './database.js'

/** How the dialect spells what the migrations need. */
export interface ColumnTypes {
  readonly bytes: ColumnDataType
  /** Epoch milliseconds do not fit into PostgreSQL's 32-bit integer. */
  readonly moment: ColumnDataType
  /** Adds the primary key `sequence`, which the database counts up by itself. */
  withSequence<T extends string>(table: CreateTableBuilder<T>): CreateTableBuilder<T, 'sequence'>
}

export function columnTypes(dialect: DialectName): ColumnTypes {
  return dialect === 'sqlite'
    ? {
        bytes: 'blob',
        moment: 'integer',
        withSequence: (table) =>
          table.addColumn('sequence', 'integer', (c) => c.primaryKey().autoIncrement()),
      }
    : {
        bytes: 'bytea',
        moment: 'bigint',
        withSequence: (table) =>
          table.addColumn('sequence', sql`bigint generated always as identity primary key`),
      }
}

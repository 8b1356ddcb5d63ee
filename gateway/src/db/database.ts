/**
 * One database behind two dialects: SQLite in a file, or PostgreSQL.
 *
 * Rooms get a `Database` and write their SQL with Kysely. Whatever must hold
 * together runs in `transaction`, and a room that wants its own rows in
 * somebody else's transaction is handed the `Transaction` as a parameter.
 */

import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import type { Schema } from './schema.js'

export type DialectName = 'sqlite' | 'postgres'

export interface Database extends AsyncDisposable {
  readonly dialect: DialectName
  /** For single statements outside a transaction. Inside one, use the transaction's own `query`. */
  readonly query: Kysely<Schema>
  /**
   * Runs `work` in one transaction: committed (with fsync) when the promise
   * resolves, rolled back when `work` throws.
   *
   * SQLite has one connection: awaiting `database.query` or another
   * `transaction` inside `work` would wait for itself for ever. Never await
   * the network inside.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

export interface Transaction {
  readonly query: KyselyTransaction<Schema>
  /** Runs `act` once, after the commit; never after a rollback. For waking whoever waits for the rows. */
  afterCommit(act: () => void): void
}

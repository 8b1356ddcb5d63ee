/**
 * One database behind two dialects: SQLite in a file, or PostgreSQL.
 *
 * Modules get a `Database` and write their SQL with Kysely. Whatever must hold
 * together runs in `transaction`, and a module that wants its own rows in
 * another module's transaction gets the `Transaction` as a parameter.
 */

import type { Fence } from './fence.js'
import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import type { Schema } from './schema.js'
import type { Signals, Topic } from './signals.js'

export type DialectName = 'sqlite' | 'postgres'

export interface Database extends AsyncDisposable {
  readonly dialect: DialectName
  /** For those who keep what they have read. */
  readonly signals: Signals
  /** For writes that only the node may make that runs the instance. */
  readonly fence: Fence
  /**
   * For single statements outside a transaction. Throws inside one, where it
   * would wait for itself for ever on SQLite (one connection) and see other
   * rows on PostgreSQL.
   */
  readonly query: Kysely<Schema>
  /**
   * For heartbeats and leases of a node: over connections that no other statement uses, and a statement
   * without an answer fails within a third of the lease. The same as `query` where no leases are asked for.
   */
  readonly leases: Kysely<Schema>
  /**
   * Runs `work` in one transaction: committed (with fsync) when the promise
   * resolves, rolled back when it rejects. Throws inside another transaction.
   *
   * Transactions run one after the other on SQLite, where those that are wanted
   * at the same moment share a commit, and side by side on PostgreSQL. `work`
   * may run again (one that waited for another in a circle is undone, a shared
   * commit may fail): it may have no effects but through its `Transaction`.
   * Never await the network inside, nor two statements at once.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /**
   * Resolves when whatever can be read by now survives a power failure. For who
   * reads something and tells the world of it without writing anything first.
   */
  synced(): Promise<void>
  /**
   * Everything as it was at one moment, for reading at leisure: others go on
   * writing meanwhile and are not seen. SQLite copies its file for it, beside
   * itself, and other callers wait for as long as that takes. Dispose of it.
   */
  snapshot(): Promise<Snapshot>
}

export interface Snapshot extends AsyncDisposable {
  readonly query: Kysely<Schema>
}

export interface Transaction {
  readonly dialect: DialectName
  readonly query: KyselyTransaction<Schema>
  /**
   * Call it before a statement that writes rows which are cached: what was read of them is read again,
   * and nothing is kept until the commit or the rollback.
   */
  readonly changes: (topic: Topic, instanceId: string) => void
  /** Runs `act` once, after the commit; never after a rollback. For waking those that wait for the rows. */
  readonly afterCommit: (act: () => void) => void
  /**
   * The same as soon as others can read the rows, which may be before they survive a power failure.
   * For waking those that store something before they tell of it.
   */
  readonly onceReadable: (act: () => void) => void
}

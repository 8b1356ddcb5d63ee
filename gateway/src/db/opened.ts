/** What each of the two databases gives `KyselyDatabase` to build on. */

import type { Kysely, Transaction } from 'kysely'
import type { Snapshot } from './database.js'
import type { Schema } from './schema.js'

export interface Opened {
  readonly query: Kysely<Schema>
  /** Over connections of its own, for the leases of a node. Missing where no leases are asked for. */
  readonly leases: Kysely<Schema> | undefined
  /**
   * Committed, and on the disk, when the promise resolves; undone when it rejects. `work` may run
   * again. `committed` is called once others can read it, on the disk or not.
   */
  transaction<T>(
    work: (query: Transaction<Schema>) => Promise<T>,
    committed: () => void,
  ): Promise<T>
  /** Resolves when everything that can be read by now is on the disk. */
  synced(): Promise<void>
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

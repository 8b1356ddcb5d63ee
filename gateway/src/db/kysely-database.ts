/** A `Database` over Kysely: transactions, and what is to happen after them. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { Database, DialectName, Snapshot, Transaction } from './database.js'
import { isDeadlock } from './postgres.js'
import type { Schema } from './schema.js'

export interface Opened {
  readonly query: Kysely<Schema>
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

const mostTries = 5

export class KyselyDatabase implements Database {
  readonly dialect: DialectName
  readonly #opened: Opened
  #closed: Promise<void> | undefined
  /** The transaction that the running code is inside of. */
  readonly #inside = new AsyncLocalStorage<{ running: boolean }>()

  constructor(dialect: DialectName, opened: Opened) {
    this.dialect = dialect
    this.#opened = opened
  }

  get query(): Kysely<Schema> {
    this.#mustBeOutside()
    return this.#opened.query
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#mustBeOutside()
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#try(work)
      } catch (cause) {
        // PostgreSQL picks one of two that wait for each other and undoes it whole.
        if (!isDeadlock(cause) || tries === mostTries) throw cause
      }
    }
  }

  snapshot(): Promise<Snapshot> {
    this.#mustBeOutside()
    return this.#opened.snapshot()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#opened.close()
    return this.#closed
  }

  async #try<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const acts: (() => void)[] = []
    const result = await this.#commit(work, (act) => void acts.push(act))
    for (const act of acts) runAfterCommit(act)
    return result
  }

  async #commit<T>(
    work: (transaction: Transaction) => Promise<T>,
    afterCommit: Transaction['afterCommit'],
  ): Promise<T> {
    const place = { running: true }
    try {
      // Read committed is enough: one gateway owns the database, and whatever two of its
      // callers might do to the same row says so in its `where`. SQLite runs one at a time anyway.
      return await this.#opened.query
        .transaction()
        .setIsolationLevel('read committed')
        .execute((query) => this.#inside.run(place, () => work({ query, afterCommit })))
    } finally {
      // What the work started and did not await may go on, as long as it waits for the end.
      place.running = false
    }
  }

  #mustBeOutside(): void {
    if (this.#inside.getStore()?.running !== true) return
    throw new Error('inside a transaction: use its own `query` and pass the transaction on')
  }
}

/** The rows are committed, so an act that throws may not make the caller believe that they are not. */
function runAfterCommit(act: () => void): void {
  try {
    act()
  } catch (cause) {
    queueMicrotask(() => {
      throw cause
    })
  }
}

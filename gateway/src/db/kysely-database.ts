/** A `Database` over Kysely: transactions, and what is to happen after them. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { Database, DialectName, Snapshot, Transaction } from './database.js'
import { Fence } from './fence.js'
import type { Opened } from './opened.js'
import { isDeadlock } from './postgres.js'
import type { Schema } from './schema.js'
import type { Signals } from './signals.js'

type Act = () => void

const mostTries = 5

export class KyselyDatabase implements Database {
  readonly dialect: DialectName
  readonly signals: Signals
  readonly fence = new Fence()
  readonly #opened: Opened
  #closed: Promise<void> | undefined
  /** The transaction that the running code is inside of. */
  readonly #inside = new AsyncLocalStorage<{ running: boolean }>()

  constructor(dialect: DialectName, opened: Opened, signals: Signals) {
    this.dialect = dialect
    this.signals = signals
    this.#opened = opened
  }

  get query(): Kysely<Schema> {
    this.#mustBeOutside()
    return this.#opened.query
  }

  get leases(): Kysely<Schema> {
    return this.#opened.leases ?? this.query
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

  synced(): Promise<void> {
    return this.#opened.synced()
  }

  snapshot(): Promise<Snapshot> {
    this.#mustBeOutside()
    return this.#opened.snapshot()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await this.#opened.close()
    // Each that is in use makes every promise of the process a little slower on Node 20.
    this.#inside.disable()
  }

  async #try<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let acts: Act[] = []
    let early: Act[] = []
    const changes: Act[] = []
    try {
      const result = await this.#opened.transaction(
        async (query) => {
          acts = []
          early = []
          const place = { running: true }
          const transaction: Transaction = {
            dialect: this.dialect,
            query,
            changes: (topic, id) => void changes.push(this.signals.begin(topic, id)),
            afterCommit: (act) => void acts.push(act),
            onceReadable: (act) => void early.push(act),
          }
          try {
            return await this.#inside.run(place, () => work(transaction))
          } finally {
            // What the work started and did not await may go on, as long as it waits for the end.
            place.running = false
          }
        },
        () => early.forEach(perform),
      )
      // Before the acts: they may read.
      end(changes)
      acts.forEach(perform)
      return result
    } finally {
      end(changes)
    }
  }

  #mustBeOutside(): void {
    if (this.#inside.getStore()?.running !== true) return
    throw new Error('inside a transaction: use its own `query` and pass the transaction on')
  }
}

function end(changes: Act[]): void {
  for (const each of changes.splice(0)) each()
}

/** The rows are committed, so an act that throws may not make the caller believe that they are not. */
function perform(act: Act): void {
  try {
    act()
  } catch (cause) {
    queueMicrotask(() => {
      throw cause
    })
  }
}

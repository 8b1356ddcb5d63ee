/**
 * Runs Kysely's statements on the one connection of a SQLite file.
 *
 * What changes something joins the commit queue, alone or as part of a transaction; what only
 * reads is answered as soon as no change is under way.
 */

import type Sqlite from 'better-sqlite3'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { CommitQueue, CommitConnection } from './commit-queue.js'
import { keepingStatements } from './statement-cache.js'
import { asOutage } from './store-outage.js'
import type { WalSync } from './wal-sync.js'

/** The statements of one file, and what is done to its transaction. */
export class SqliteConnection implements CommitConnection {
  readonly #file: Sqlite.Database
  readonly #wal: WalSync
  readonly #statements: { prepare(text: string): Sqlite.Statement }

  constructor(file: Sqlite.Database, wal: WalSync) {
    this.#file = file
    this.#wal = wal
    this.#statements = keepingStatements(file)
  }

  get isInTransaction(): boolean {
    return this.#file.inTransaction
  }

  begin = (): void => this.#do('begin')
  commit = (): void => this.#do('commit')
  rollBack = (): void => this.#do('rollback')
  savepoint = (): void => this.#do('savepoint member')
  release = (): void => this.#do('release member')
  rollBackToSavepoint = (): void => this.#do('rollback to member')

  sync(): Promise<void> {
    return this.#wal.sync().catch((cause: unknown) => {
      throw asOutage(cause)
    })
  }

  onlyReads(text: string): boolean {
    return this.#telling(() => this.#statements.prepare(text).readonly)
  }

  run(query: CompiledQuery): QueryResult<unknown> {
    return this.#telling(() => {
      const statement = this.#statements.prepare(query.sql)
      if (statement.readonly) return { rows: statement.all(query.parameters) }
      this.#wal.changed()
      if (statement.reader) return { rows: statement.all(query.parameters) }
      const { changes } = statement.run(query.parameters)
      return { numAffectedRows: BigInt(changes), rows: [] }
    })
  }

  #do(text: string): void {
    this.#telling(() => this.#statements.prepare(text).run())
  }

  #telling<T>(act: () => T): T {
    try {
      return act()
    } catch (cause) {
      throw asOutage(cause)
    }
  }
}

/** The connection of one transaction of the commit queue. */
export class InsideConnection implements DatabaseConnection {
  readonly #ground: SqliteConnection
  #isOver = false

  constructor(ground: SqliteConnection) {
    this.#ground = ground
  }

  /** A caller that still has it must not write into the transaction of another. */
  end(): void {
    this.#isOver = true
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>>
  async executeQuery(query: CompiledQuery): Promise<QueryResult<unknown>> {
    if (this.#isOver)
      throw new Error('the transaction is over: this statement was not awaited in it')
    return this.#ground.run(query)
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('cursors are not in use')
  }
}

/** What Kysely asks outside our transactions: single statements, and the migrations' own transactions. */
class OutsideConnection implements DatabaseConnection {
  readonly #ground: SqliteConnection
  readonly #queue: CommitQueue
  #ownTransaction: { readonly leave: () => void; readonly left: Promise<void> } | undefined

  constructor(ground: SqliteConnection, queue: CommitQueue) {
    this.#ground = ground
    this.#queue = queue
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>>
  async executeQuery(query: CompiledQuery): Promise<QueryResult<unknown>> {
    const run = async () => this.#ground.run(query)
    if (this.#ownTransaction !== undefined) return run()
    return this.#ground.onlyReads(query.sql) ? this.#queue.read(run) : this.#queue.statement(run)
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('cursors are not in use')
  }

  async begin(): Promise<void> {
    await new Promise<void>((enter, fail) => {
      const left = this.#queue.alone(
        () =>
          new Promise<void>((leave) => {
            this.#ownTransaction = { leave, left }
            enter()
          }),
      )
      left.catch(fail)
    })
    this.#ground.begin()
  }

  async end(act: 'commit' | 'rollBack'): Promise<void> {
    const own = this.#ownTransaction
    try {
      this.#ground[act]()
    } finally {
      this.#ownTransaction = undefined
      own?.leave()
    }
    await own?.left
  }
}

export class SqliteQueueDriver implements Driver {
  readonly #ground: SqliteConnection
  readonly #queue: CommitQueue

  constructor(ground: SqliteConnection, queue: CommitQueue) {
    this.#ground = ground
    this.#queue = queue
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new OutsideConnection(this.#ground, this.#queue)
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return outside(connection).begin()
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return outside(connection).end('commit')
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return outside(connection).end('rollBack')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

function outside(connection: DatabaseConnection): OutsideConnection {
  if (connection instanceof OutsideConnection) return connection
  throw new Error('it is a connection of another driver')
}

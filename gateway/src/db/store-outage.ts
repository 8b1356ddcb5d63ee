/**
 * Tells failures of the store itself (no connection, no answer, no room) apart
 * from mistakes in what was asked of it: as `StoreUnavailableError`, whose cause
 * is the driver's own error.
 */

import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'
import { ConfigError, StoreUnavailableError } from '../domain/errors.js'
import type { TableChanges } from './table-changes.js'

/** Also notices which tables are written. */
export function tellingOutages(dialect: Dialect, changes: TableChanges): Dialect {
  return {
    createDriver: () => new TellingDriver(dialect.createDriver(), changes),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  }
}

/** Of the network. */
const networkCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]

/**
 * SQLSTATE classes: connection (08), resources and disk (53), the server is
 * stopped or starts (57P), its files (58); 25006 is a read-only database.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const sqlStates = /^(08|53|57P|58|25006)/

/** Full, unreadable, unwritable or broken. https://www.sqlite.org/rescode.html */
const sqliteCodes = /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB)/

/** What `pg` says without a code. */
const pgMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/

/** Whether it is the store that failed, so that the same may work later. */
export function isOutage(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return (
    networkCodes.includes(code) ||
    (code.length === 5 && sqlStates.test(code)) ||
    sqliteCodes.test(code) ||
    pgMessages.test(cause.message)
  )
}

/** The error that the caller of the store gets. */
export function asOutage(cause: unknown): unknown {
  return isOutage(cause) ? new StoreUnavailableError({ cause }) : cause
}

function tell(cause: unknown): never {
  throw asOutage(cause)
}

class TellingDriver implements Driver {
  readonly #inner: Driver
  readonly #changes: TableChanges

  constructor(inner: Driver, changes: TableChanges) {
    this.#inner = inner
    this.#changes = changes
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new TellingConnection(await this.#inner.acquireConnection(), this.#changes)
    } catch (cause) {
      // Another gateway took the database over while our link was down.
      if (cause instanceof ConfigError) throw new StoreUnavailableError({ cause })
      return tell(cause)
    }
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (connection instanceof TellingConnection) connection.begun()
    return this.#inner.beginTransaction(innerOf(connection), settings).catch(tell)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.commitTransaction(innerOf(connection)).catch(tell)
    if (connection instanceof TellingConnection) connection.ended()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#inner.rollbackTransaction(innerOf(connection))
    } catch (cause) {
      // It is undone already: by SQLite on a full disk, by PostgreSQL with its connection.
      // Those that wait get the reason of the failed transaction, and not this error.
      if (!isOutage(cause) && !isNothingToUndo(cause)) throw cause
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    // However its transaction ended: it cannot be committed any more.
    if (connection instanceof TellingConnection) connection.ended()
    return this.#inner.releaseConnection(innerOf(connection))
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

class TellingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #changes: TableChanges
  #isInTransaction = false
  /** Of the writes that are not committed. */
  #ends: (() => void)[] = []

  constructor(inner: DatabaseConnection, changes: TableChanges) {
    this.inner = inner
    this.#changes = changes
  }

  begun(): void {
    this.#isInTransaction = true
  }

  ended(): void {
    this.#isInTransaction = false
    for (const end of this.#ends.splice(0)) end()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const end = this.#changes.begun(query)
    if (end !== undefined) this.#ends.push(end)
    try {
      return await this.inner.executeQuery<R>(query).catch(tell)
    } finally {
      if (!this.#isInTransaction) this.ended()
    }
  }

  async *streamQuery<R>(
    query: CompiledQuery,
    size?: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, size)
    } catch (cause) {
      tell(cause)
    }
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof TellingConnection ? connection.inner : connection
}

function isNothingToUndo(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('no transaction is active')
}

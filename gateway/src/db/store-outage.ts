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

export function tellingOutages(dialect: Dialect): Dialect {
  return {
    createDriver: () => new TellingDriver(dialect.createDriver()),
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

  constructor(inner: Driver) {
    this.#inner = inner
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      return new TellingConnection(await this.#inner.acquireConnection())
    } catch (cause) {
      // Another gateway took the database over while our link was down.
      if (cause instanceof ConfigError) throw new StoreUnavailableError({ cause })
      return tell(cause)
    }
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#inner.beginTransaction(innerOf(connection), settings).catch(tell)
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#inner.commitTransaction(innerOf(connection)).catch(tell)
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#inner.rollbackTransaction(innerOf(connection))
    } catch (cause) {
      // PostgreSQL undid it with its connection. Those that wait get the reason of the failed
      // transaction, and not this error.
      if (!isOutage(cause)) throw cause
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(innerOf(connection))
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

class TellingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection

  constructor(inner: DatabaseConnection) {
    this.inner = inner
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.inner.executeQuery<R>(query).catch(tell)
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('cursors are not in use')
  }
}

function innerOf(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof TellingConnection ? connection.inner : connection
}

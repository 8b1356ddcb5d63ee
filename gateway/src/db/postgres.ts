/**
 * PostgreSQL, for one gateway at a time.
 *
 * A second gateway on the same database would run the same sessions, so each
 * holds an advisory lock. PostgreSQL frees it when the connection ends, also
 * when the process was killed. Several nodes need leases first.
 */

import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg'
import { ConfigError } from '../domain/errors.js'
import type { Snapshot } from './database.js'
import type { Schema } from './schema.js'

export interface OpenedPostgres {
  readonly query: Kysely<Schema>
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

/** Throws `ConfigError` when another gateway holds the database. Nothing is changed then. */
export async function openPostgres(url: string, waitForOtherMs: number): Promise<OpenedPostgres> {
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'recado',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    types: {
      // Moments and sequence numbers: 53 bits last for 285,000 years.
      getTypeParser: (oid, format) =>
        oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format),
    },
  }
  const ownership = new Ownership(config, waitForOtherMs)
  await ownership.ensure()

  const pool = new Pool({ ...config, max: 10 })
  // An idle connection that breaks is replaced at the next query, which then says what is wrong.
  pool.on('error', () => {})

  const query = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: guarded(pool, ownership) }),
  })
  return {
    query,
    async snapshot() {
      const snapshot = await query
        .startTransaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute()
      return {
        query: snapshot,
        async [Symbol.asyncDispose]() {
          await snapshot.rollback().execute()
        },
      }
    },
    async close() {
      await query.destroy()
      await ownership.end()
    },
  }
}

function guarded(pool: Pool, ownership: Ownership): PostgresPool {
  return {
    async connect(): Promise<PoolClient> {
      await ownership.ensure()
      return pool.connect()
    },
    end: () => pool.end(),
  }
}

/** The lock that makes this process the only gateway of the database, and the connection that holds it. */
class Ownership {
  readonly #config: ClientConfig
  readonly #waitForOtherMs: number
  #held = false
  #client: Client | undefined
  #acquiring: Promise<void> | undefined

  constructor(config: ClientConfig, waitForOtherMs: number) {
    this.#config = config
    this.#waitForOtherMs = waitForOtherMs
  }

  /**
   * Returns at once while the lock is held, and takes it again when its
   * connection was lost. Throws `ConfigError` when another gateway has taken it
   * meanwhile: from then on nothing more is read or written here.
   */
  async ensure(): Promise<void> {
    if (this.#held) return
    this.#acquiring ??= this.#acquire().finally(() => {
      this.#acquiring = undefined
    })
    await this.#acquiring
  }

  async end(): Promise<void> {
    this.#held = false
    await this.#client?.end()
  }

  async #acquire(): Promise<void> {
    const client = new Client(this.#config)
    const lost = () => {
      if (this.#client === client) this.#held = false
    }
    client.on('error', lost)
    client.on('end', lost)
    this.#client = client
    try {
      await client.connect()
      await client.query(`set lock_timeout = ${this.#waitForOtherMs}`)
      await client.query(`select pg_advisory_lock(hashtext('recado: the one gateway'))`)
      this.#held = true
    } catch (cause) {
      await client.end().catch(() => {})
      if (sqlState(cause) !== lockNotAvailable) throw cause
      throw new ConfigError(
        'another gateway uses this PostgreSQL database: stop it, or give this one its own database',
        { cause },
      )
    }
  }
}

const lockNotAvailable = '55P03'
const deadlockDetected = '40P01'

/** Whether PostgreSQL undid a transaction only because it met another one: running it again may succeed. */
export function isDeadlock(cause: unknown): boolean {
  return sqlState(cause) === deadlockDetected
}

function sqlState(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined
}

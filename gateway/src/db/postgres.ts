/**
 * PostgreSQL, for one gateway alone or for several nodes.
 *
 * A second gateway on the same database would run the same sessions, so one
 * alone holds an advisory lock, and so does each tool that changes everything.
 * PostgreSQL frees it when the connection ends, also when the process was killed.
 * Nodes share the lock: they keep out gateways that know no leases, and tools.
 */

import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely'
import type { Client, ClientConfig, Pool, PoolClient, QueryResultRow } from 'pg'
import { ConfigError } from '../domain/errors.js'
import type { Opened } from './opened.js'
import { postgresLibrary } from './postgres-library.js'
import type { Schema } from './schema.js'
import { StatementNames } from './statement-names.js'
import { tellingOutages } from './store-outage.js'

export interface OpenedPostgres extends Opened {
  /** The tables are ready: from now on a statement without an answer fails after some seconds. */
  expectAnswers(withinMs?: number): void
}

/**
 * Throws `ConfigError` when another gateway holds the database. Nothing is changed then.
 *
 * @param leaseMs set if other nodes may have it too: how long their leases count
 */
export async function openPostgres(
  url: string,
  waitForOtherMs: number,
  leaseMs?: number,
): Promise<OpenedPostgres> {
  const isShared = leaseMs !== undefined
  const { types } = postgresLibrary()
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
  // What a frozen node leaves open would keep its instances from other nodes.
  if (isShared) config.idle_in_transaction_session_timeout = idleInTransactionMs
  const longestMs = leaseMs === undefined ? undefined : leaseAnswerMs(leaseMs)
  const ownership = new Ownership(config, waitForOtherMs, longestMs)
  await ownership.ensure()

  const patience: Patience = { answerMs: undefined }
  const query = new Kysely<Schema>({
    dialect: tellingOutages(new PostgresDialect({ pool: guarded(config, ownership, patience) })),
  })
  const leases = leaseMs === undefined ? undefined : leasesOver(config, ownership, leaseMs)
  return {
    query,
    leases,
    // Read committed is enough: whatever two callers might do to the same row says so in its
    // `where`, and what only the owner of an instance may write proves its lease.
    transaction: async (work, committed) => {
      const result = await query.transaction().setIsolationLevel('read committed').execute(work)
      committed()
      return result
    },
    // PostgreSQL shows no row that is not on the disk.
    synced: async () => {},
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
    expectAnswers(withinMs = longestAnswerMs) {
      patience.answerMs = withinMs
    },
    async close() {
      await query.destroy()
      await leases?.destroy()
      await ownership.end()
    },
  }
}

/**
 * Connections as long as they answer. A router that forgot one has forgotten the
 * others too, and each would be found out only by a caller who waits for it: after
 * one silence all of them are left, and the lock's own is asked whether it stands.
 */
function guarded(
  config: ClientConfig,
  ownership: Ownership,
  patience: Patience,
  connections = mostConnections,
): PostgresPool {
  let pool = newPool(config, connections)
  const names = new StatementNames()
  return {
    async connect(): Promise<PostgresPoolClient> {
      await ownership.ensure()
      const own = pool
      return new PatientClient(await own.connect(), names, patience, () => {
        ownership.doubt(patience.answerMs ?? longestAnswerMs)
        if (pool !== own) return
        pool = newPool(config, connections)
        // Those that are lent still come back to it, and silent ones are closed without waiting.
        void own.end().catch(() => {})
      })
    },
    end: () => pool.end(),
  }
}

/**
 * Heartbeats wait for no connection that other statements hold, and a link that swallows everything
 * is left while the lease still counts.
 */
function leasesOver(config: ClientConfig, ownership: Ownership, leaseMs: number): Kysely<Schema> {
  const answerMs = leaseAnswerMs(leaseMs)
  const quick = { ...config, connectionTimeoutMillis: answerMs }
  const pool = guarded(quick, ownership, { answerMs }, leaseConnections)
  return new Kysely<Schema>({ dialect: tellingOutages(new PostgresDialect({ pool })) })
}

const leaseAnswerMs = (leaseMs: number): number => Math.floor(leaseMs / 3)

function newPool(config: ClientConfig, max: number): Pool {
  const pool: Pool = new (postgresLibrary().Pool)({ ...config, max })
  // An idle connection that breaks is replaced at the next query, which then says what is wrong.
  pool.on('error', () => {})
  // One that breaks while it is in use emits an error here too; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** How long one answer may take. Without a limit while the tables are made or changed. */
interface Patience {
  answerMs: number | undefined
}

/**
 * A link that swallows everything would keep a caller waiting until TCP gives up,
 * which takes a quarter of an hour. A connection whose answer did not come is not
 * used again: the answer may still come, to another statement.
 */
class PatientClient implements PostgresPoolClient {
  readonly #client: PoolClient
  readonly #names: StatementNames
  readonly #patience: Patience
  readonly #onSilence: () => void
  #isSilent = false

  constructor(
    client: PoolClient,
    names: StatementNames,
    patience: Patience,
    onSilence: () => void,
  ) {
    this.#client = client
    this.#names = names
    this.#patience = patience
    this.#onSilence = onSilence
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    text: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new Error('cursors are not in use')
    return this.#ask<R>(text, values)
  }

  release(): void {
    this.#client.release(this.#isSilent)
  }

  async #ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      const name = this.#names.nameOf(text)
      const asked = { name, text, values: [...values], query_timeout: this.#patience.answerMs }
      const { command, rowCount, rows } = await this.#client.query<R & QueryResultRow>(asked)
      return {
        // Kysely asks only whether rows were changed.
        command: changing.find((each) => each === command) ?? 'SELECT',
        rowCount: rowCount ?? 0,
        rows,
      }
    } catch (cause) {
      this.#isSilent = cause instanceof Error && cause.message === 'Query read timeout'
      if (this.#isSilent) this.#onSilence()
      throw cause
    }
  }
}

/** The lock of this process, its own or shared with other nodes, and the connection that holds it. */
class Ownership {
  readonly #config: ClientConfig
  readonly #waitForOtherMs: number
  readonly #lock: string
  readonly #longestAnswerMs: number
  readonly #isShared: boolean
  /** It has not been held yet. */
  #isFirst = true
  #held = false
  #client: Client | undefined
  #acquiring: Promise<void> | undefined

  /** `longestAnswerMs`: set if nodes share the lock. Their heartbeats wait for an answer here no longer than that. */
  constructor(config: ClientConfig, waitForOtherMs: number, longestAnswerMs: number | undefined) {
    const isShared = longestAnswerMs !== undefined
    const query_timeout = (longestAnswerMs ?? 0) + waitForOtherMs
    const bounded = { ...config, connectionTimeoutMillis: longestAnswerMs, query_timeout }
    this.#isShared = isShared
    this.#config = isShared ? bounded : config
    this.#waitForOtherMs = waitForOtherMs
    this.#longestAnswerMs = longestAnswerMs ?? Infinity
    this.#lock = isShared ? 'pg_advisory_lock_shared' : 'pg_advisory_lock'
  }

  /**
   * Returns at once while the lock is held, and takes it again when its
   * connection was lost. Throws `ConfigError` when another gateway has taken it
   * meanwhile: from then on nothing more is read or written here.
   */
  async ensure(): Promise<void> {
    const begun = this.#acquiring
    if (begun !== undefined) {
      const cause: unknown = await begun.then(
        () => undefined,
        (error: unknown) => error,
      )
      if (cause instanceof ConfigError) throw cause
      // Otherwise the attempt failed on a link that may have been healed before this call.
    }
    if (this.#held) return
    this.#acquiring ??= this.#acquire().finally(() => {
      this.#acquiring = undefined
    })
    await this.#acquiring
  }

  /** Another connection gave no answer: nothing more is asked of the database before this one has. */
  doubt(answerMs: number): void {
    const client = this.#client
    if (!this.#held || client === undefined) return
    this.#held = false
    this.#acquiring ??= this.#ask(client, answerMs).finally(() => {
      this.#acquiring = undefined
    })
    // The next caller gets the error.
    this.#acquiring.catch(() => {})
  }

  async end(): Promise<void> {
    this.#held = false
    await this.#client?.end()
  }

  async #ask(client: Client, answerMs: number): Promise<void> {
    const stands = {
      text: 'select 1',
      query_timeout: Math.min(answerMs, this.#longestAnswerMs),
    }
    try {
      await client.query(stands)
      this.#held = true
    } catch {
      // Its farewell reaches a server that only was not reached, and frees the lock there.
      void client.end().catch(() => {})
      await this.#acquire()
    }
  }

  async #acquire(): Promise<void> {
    const client: Client = new (postgresLibrary().Client)(this.#config)
    const lost = () => {
      if (this.#client === client) this.#held = false
    }
    client.on('error', lost)
    client.on('end', lost)
    this.#client = client
    try {
      await client.connect()
      await client.query(`set lock_timeout = ${this.#waitForOtherMs}`)
      if (this.#isShared && this.#isFirst) await endSilentNodes(client)
      await client.query(`select ${this.#lock}(${lockKey})`)
      this.#isFirst = false
      this.#held = true
    } catch (cause) {
      await client.end().catch(() => {})
      if (sqlState(cause) !== lockNotAvailable) throw cause
      throw new ConfigError(
        'another gateway uses this PostgreSQL database: stop it, or give this one its own database. Several gateways share one unless RECADO_NODES=false is set for one of them',
        { cause },
      )
    }
  }
}

/**
 * A gateway that starts while no other one is connected takes what a killed one ran, without waiting for the end
 * of its lease: PostgreSQL has noticed that death. A node that lives and has lost its connections
 * is refused by its epoch, as after any lost lease.
 */
async function endSilentNodes(client: Client): Promise<void> {
  const { rows } = await client.query<{ isAlone: boolean }>(
    `select pg_try_advisory_lock(${lockKey}) as "isAlone"`,
  )
  if (rows[0]?.isAlone !== true) return
  // Closing the connection would free it too.
  try {
    await client.query(endNodes)
  } finally {
    await client.query(`select pg_advisory_unlock(${lockKey})`)
  }
}

const lockKey = `hashtext('recado: the one gateway')`
/** Before the migration that makes `handover` a lease has no such moment. */
const endNodes = `do $$ begin
  if to_regclass('handover') is null then return; end if;
  update instance_lease set free_since = node.heartbeat_at from node where node.id = node_id;
  delete from node;
end $$`

const mostConnections = 10
/** One for the heartbeat, one for what is taken and given up. */
const leaseConnections = 2
const changing = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'] as const

/** Longer than any of our transactions is idle, and shorter than a lease. */
const idleInTransactionMs = 4_000
/** Far more than any of our statements takes, and less than callers wait for us. */
const longestAnswerMs = 20_000
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

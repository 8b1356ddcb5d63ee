/** Where the gateways keep their rows: a file each, or a database each in one PostgreSQL that can die. */

import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { Sqlite } from '../gateway/src/db/sqlite-library.js'
import { type OwnPostgres, startOwnPostgres } from '../gateway/test/support/own-postgres.js'

export interface Store {
  /** What tells the gateway where it is. */
  readonly env: Readonly<Record<string, string>>
  /** What the database itself says of its files. No gateway may run. */
  complaints(): Promise<readonly string[]>
}

export function sqliteIn(dataDir: string): Store {
  return {
    env: {},
    async complaints() {
      const file = new Sqlite(join(dataDir, 'recado.sqlite'))
      try {
        const answers = file.pragma('integrity_check') as { integrity_check: string }[]
        return answers.map((row) => row.integrity_check).filter((answer) => answer !== 'ok')
      } finally {
        file.close()
      }
    },
  }
}

export class MortalPostgres implements AsyncDisposable {
  /** How often it was killed. */
  kills = 0
  /** When it was down. Epoch milliseconds. */
  readonly downs: { readonly from: number; readonly to: number }[] = []
  readonly #server: OwnPostgres
  #outage: Promise<void> | undefined
  #databases = 0

  private constructor(server: OwnPostgres) {
    this.#server = server
  }

  /** As it comes from the package: what is committed is on the disk. */
  static async start(): Promise<MortalPostgres> {
    return new MortalPostgres(await startOwnPostgres())
  }

  async newDatabase(): Promise<Store> {
    this.#databases += 1
    const name = `torture_${this.#databases}`
    const client = new Client({ connectionString: this.#server.url })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    const url = new URL(this.#server.url)
    url.pathname = `/${name}`
    return { env: { RECADO_DATABASE_URL: url.href }, complaints: () => complaintsOf(url.href) }
  }

  /** Kills the server, and resolves when it takes connections again. Who comes while it is down waits with the first. */
  async die(downMs: number): Promise<void> {
    this.#outage ??= this.#dieOnce(downMs).finally(() => {
      this.#outage = undefined
    })
    await this.#outage
  }

  /** Stops every process of the server for so long. */
  async standStill(ms: number): Promise<void> {
    this.#outage ??= this.#standStillOnce(ms).finally(() => {
      this.#outage = undefined
    })
    await this.#outage
  }

  async isUp(): Promise<void> {
    await this.#outage
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]()
  }

  async #standStillOnce(ms: number): Promise<void> {
    await this.#server.signal('SIGSTOP')
    await delay(ms)
    await this.#server.signal('SIGCONT')
  }

  async #dieOnce(downMs: number): Promise<void> {
    this.kills += 1
    const from = Date.now()
    await this.#server.kill()
    await delay(downMs)
    await this.#server.start()
    this.downs.push({ from, to: Date.now() })
  }
}

/** Reads every row, whose checksums the server compares, and looks for each of them in each index. */
async function complaintsOf(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('create extension if not exists amcheck')
    const tables = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    )
    for (const { name } of tables.rows) await client.query(`select count(${name}.*) from ${name}`)
    await client.query(
      `select bt_index_check(index.oid, true) from pg_class as index
       join pg_am on pg_am.oid = index.relam and amname = 'btree'
       where index.relkind = 'i' and index.relnamespace = 'public'::regnamespace`,
    )
    return []
  } catch (cause) {
    return [String(cause)]
  } finally {
    await client.end()
  }
}

/** Runs one suite on both databases, the real ones. */

import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, afterEach, describe, inject, onTestFinished } from 'vitest'
import type { Database, DialectName } from '../../src/db/database.js'
import { type DatabaseLocation, openDatabase } from '../../src/db/open-database.js'

/** Gives an empty database with all its tables; the suite closes and removes it after the test. */
export interface OpenTestDatabase {
  (): Promise<Database>
  /** Closes the database that was opened last, and opens the same again: what a restart finds. */
  again(): Promise<Database>
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Both unless a run says otherwise. */
    readonly databases: readonly DialectName[] | undefined
  }
}

/** A `describe` for each dialect. Call `open` inside a test or a `beforeEach`. */
export function eachDatabase(
  name: string,
  suite: (open: OpenTestDatabase, dialect: DialectName) => void,
): void {
  for (const dialect of inject('databases') ?? (['sqlite', 'postgres'] as const)) {
    describe(`${name} (${dialect})`, () => {
      suite(
        testDatabases(dialect === 'sqlite' ? new SqlitePlaces() : new PostgresPlaces()),
        dialect,
      )
    })
  }
}

/** A database that a test has. */
interface Place {
  readonly location: DatabaseLocation
  database: Database
}

interface Places {
  take(): Promise<Place>
  /** The test is over. */
  giveBack(place: Place): Promise<void>
  /** The suite is over. */
  remove(): Promise<void>
}

function testDatabases(places: Places): OpenTestDatabase {
  const taken: Place[] = []

  const open = async (): Promise<Database> => {
    const place = await places.take()
    taken.push(place)
    return place.database
  }
  const again = async (): Promise<Database> => {
    const last = taken.at(-1)
    if (last === undefined) throw new Error('nothing is open yet')
    await last.database[Symbol.asyncDispose]()
    last.database = await openDatabase(last.location)
    return last.database
  }

  afterEach(async () => {
    for (const place of taken.splice(0)) await places.giveBack(place)
  })
  afterAll(() => places.remove())
  return Object.assign(open, { again })
}

/** The migrations run once a suite; its tests begin with copies. */
class SqlitePlaces implements Places {
  readonly #directories: string[] = []
  #empty: Promise<string> | undefined

  async take(): Promise<Place> {
    const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-sqlite-'))
    this.#directories.push(dataDir)
    this.#empty ??= this.#makeEmpty()
    await cp(await this.#empty, dataDir, { recursive: true })
    const location = { dataDir }
    return { location, database: await openDatabase(location) }
  }

  async giveBack({ database }: Place): Promise<void> {
    await database[Symbol.asyncDispose]()
  }

  async #makeEmpty(): Promise<string> {
    const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-sqlite-'))
    this.#directories.push(dataDir)
    const database = await openDatabase({ dataDir })
    await database[Symbol.asyncDispose]()
    return dataDir
  }

  async remove(): Promise<void> {
    for (const path of this.#directories) await rm(path, { recursive: true, force: true })
  }
}

/** Making a PostgreSQL database takes 0.2 s, so the tests of a suite pass on an emptied one. */
class PostgresPlaces implements Places {
  readonly #names: string[] = []
  readonly #free: Place[] = []

  async take(): Promise<Place> {
    const free = this.#free.pop()
    if (free !== undefined) return free

    const name = await createPostgres()
    this.#names.push(name)
    const location = { url: urlOf(name) }
    return { location, database: await openDatabase(location) }
  }

  async giveBack(place: Place): Promise<void> {
    try {
      await emptyAllTables.execute(place.database.query)
      this.#free.push(place)
    } catch {
      // The test closed it, or changed more than rows: no other test gets it.
      await place.database[Symbol.asyncDispose]()
    }
  }

  async remove(): Promise<void> {
    for (const { database } of this.#free) await database[Symbol.asyncDispose]()
    for (const name of this.#names) await dropPostgres(name)
  }
}

/** The URL of a new and empty PostgreSQL database, which is dropped after the test. */
export async function temporaryPostgres(): Promise<string> {
  const name = await createPostgres()
  onTestFinished(() => dropPostgres(name))
  return urlOf(name)
}

/** The same for a whole suite, which drops it itself. */
export async function createTestPostgres(): Promise<{
  readonly url: string
  drop(): Promise<void>
}> {
  const name = await createPostgres()
  return { url: urlOf(name), drop: () => dropPostgres(name) }
}

async function createPostgres(): Promise<string> {
  const name = `recado_test_${randomBytes(8).toString('hex')}`
  // template0, because a database with connections cannot be copied.
  await administer(`create database ${name} template template0`)
  return name
}

async function dropPostgres(name: string): Promise<void> {
  await administer(`drop database ${name} with (force)`)
}

/** TRUNCATE makes a new file for each table and each index; few tables hold a row, and that only a few. */
const emptyAllTables = sql`
  do $$
  declare
    name text;
    is_filled boolean;
  begin
    -- In whatever order, past the foreign keys.
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables
                 where schemaname = 'public' and tablename not like 'recado_migration%'
    loop
      execute 'select exists (select from ' || name || ')' into is_filled;
      if is_filled then execute 'delete from ' || name; end if;
    end loop;
    for name in select quote_ident(sequencename) from pg_sequences where schemaname = 'public'
    loop
      execute 'alter sequence ' || name || ' restart';
    end loop;
  end $$`

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Looks at the database that the configuration names without making or changing anything. */

import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { ConfigError } from '../domain/errors.js'
import { withConnection } from './one-connection.js'
import { type DatabaseLocation, lastMigration, migrationTableName } from './open-database.js'
import { openPostgres } from './postgres.js'
import type { Schema } from './schema.js'
import { openSqlite, sqliteFileName } from './sqlite.js'
import { sizeOf } from './store-problem.js'

export type Inspection =
  /** No file, or no tables in it: the first start makes them. */
  | { readonly kind: 'absent' }
  /** A gateway runs on it. The check is known with PostgreSQL only: SQLite's file is locked. */
  | { readonly kind: 'in-use'; readonly masterKeyCheck: Uint8Array | undefined }
  | ({ readonly kind: 'present' } & DatabaseContent)

export interface DatabaseContent {
  /** The last one that was made. */
  readonly migration: string
  readonly instances: number
  /** What only the right master key opens; `undefined` before the first start was complete. */
  readonly masterKeyCheck: Uint8Array | undefined
  readonly callbackUrls: readonly string[]
  /** The instances that take calls without Client-Token. */
  readonly clientTokenOptional: readonly string[]
  /** What SQLite says of a file that is damaged. */
  readonly damage: string | undefined
}

/** As short as PostgreSQL allows: 0 means for ever. */
const noWaitMs = 1

/** Throws what the driver throws when the database cannot be reached or read. */
export async function inspectDatabase(location: DatabaseLocation): Promise<Inspection> {
  // An empty file is one that was never written, or that lost its content: opening it would write to it.
  if ('dataDir' in location && !(await sizeOf(join(location.dataDir, sqliteFileName))))
    return { kind: 'absent' }
  const opened = await openQuietly(location)
  if (opened === undefined)
    return { kind: 'in-use', masterKeyCheck: await keyCheckBesideGateway(location) }
  try {
    const tables = await opened.query.introspection.getTables({ withInternalKyselyTables: true })
    if (!tables.some(({ name }) => name === migrationTableName)) return { kind: 'absent' }
    const damage = 'dataDir' in location ? await damageOf(opened.query) : undefined
    return { kind: 'present', ...(await contentOf(opened.query)), damage }
  } finally {
    await opened.close()
  }
}

async function openQuietly(location: DatabaseLocation) {
  try {
    return 'url' in location
      ? await openPostgres(location.url, noWaitMs)
      : await openSqlite(location.dataDir, noWaitMs)
  } catch (cause) {
    if (cause instanceof ConfigError) return undefined
    throw cause
  }
}

/** Without the lock of the gateways. Whatever cannot be read, the start of a gateway says better. */
async function keyCheckBesideGateway(location: DatabaseLocation): Promise<Uint8Array | undefined> {
  if (!('url' in location)) return undefined
  const question = 'select check_sealed from master_key_check'
  return withConnection(location.url, async (client) => {
    const { rows } = await client.query<{ check_sealed: Uint8Array }>(question)
    return rows[0]?.check_sealed
  }).catch(() => undefined)
}

async function contentOf(query: Kysely<Schema>): Promise<Omit<DatabaseContent, 'damage'>> {
  const { count } = await query
    .selectFrom('instance')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const instances = await query.selectFrom('instance').select(['id', 'settings']).execute()
  const check = await query.selectFrom('master_key_check').selectAll().executeTakeFirst()
  const endpoints = await query.selectFrom('callback_endpoint').select('url').distinct().execute()
  return {
    migration: await lastMigration(query),
    instances: count,
    masterKeyCheck: check?.check_sealed,
    callbackUrls: endpoints.map(({ url }) => url),
    clientTokenOptional: instances
      .filter(({ settings }) => settings.includes('"clientTokenOptional":true'))
      .map(({ id }) => id),
  }
}

async function damageOf(query: Kysely<Schema>): Promise<string | undefined> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(query)
  const word = rows[0]?.quick_check
  return word === 'ok' ? undefined : word
}

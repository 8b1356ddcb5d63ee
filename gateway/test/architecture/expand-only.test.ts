/**
 * Two adjacent versions run side by side on one PostgreSQL database: what the older one reads and
 * writes is still there, and still allowed, after the migrations of the newer one.
 */

import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open-database.js'
import { temporaryPostgres } from '../support/databases.js'

/** The first version whose gateways share a database. */
const firstShared = '0029-nodes'

/** What a migration may take away, because no release before it uses that any more: `table.column`, and since when. */
const contracted: readonly string[] = []

const catalog = {
  columns: `select table_name || '.' || column_name as name, data_type || ' ' || is_nullable as form
    from information_schema.columns where table_schema = 'public'`,
  /** What a row must fulfil: keys, checks, references, and unique indexes, which \`on conflict\` names too. */
  rules: `select conrelid::regclass || ': ' || pg_get_constraintdef(oid) as name, contype::text as form
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all select indrelid::regclass || ': ' || pg_get_indexdef(indexrelid), 'unique'
    from pg_index join pg_class on pg_class.oid = indexrelid
    where indisunique and not indisprimary and relnamespace = 'public'::regnamespace`,
  /** What a row must have, because it gets no value by itself. */
  demanded: `select table_name || '.' || column_name as name, table_name as form
    from information_schema.columns where table_schema = 'public' and is_nullable = 'NO'
      and column_default is null and is_identity = 'NO'`,
} as const

type Catalog = Readonly<Record<keyof typeof catalog, ReadonlyMap<string, string>>>

async function catalogOf(url: string): Promise<Catalog> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const read = async (statement: string) => {
    const { rows } = await client.query<{ name: string; form: string }>(statement)
    return new Map(rows.map(({ name, form }) => [name, form]))
  }
  const found = {
    columns: await read(catalog.columns),
    rules: await read(catalog.rules),
    demanded: await read(catalog.demanded),
  }
  await client.end()
  return found
}

const tableOf = (name: string): string => name.split(/[.:]/u)[0] ?? ''

/** What the older version would stumble over. */
function obstacles(before: Catalog, after: Catalog): readonly string[] {
  const tables = new Set([...before.columns.keys()].map(tableOf))
  const gone = [...before.columns]
    .filter(([name, form]) => after.columns.get(name) !== form && !contracted.includes(name))
    .map(([name]) => `${name} is gone or has another form`)
  const missing = [...before.rules.keys()]
    .filter((name) => !after.rules.has(name))
    .map((name) => `${name} is gone: \`on conflict\` may name it`)
  const added = [...after.rules.keys()]
    .filter((name) => tables.has(tableOf(name)) && !before.rules.has(name))
    .map((name) => `${name} is a new rule of an older table`)
  const demanded = [...after.demanded.keys()]
    .filter((name) => tables.has(tableOf(name)) && !before.demanded.has(name))
    .map((name) => `${name} is new and has no value by itself`)
  return [...gone, ...missing, ...added, ...demanded]
}

async function migrated(upTo?: string): Promise<string> {
  const url = await temporaryPostgres()
  const database = await openDatabase({ url }, undefined, upTo)
  await database[Symbol.asyncDispose]()
  return url
}

test('every migration since nodes share a database expands only', async () => {
  const before = await catalogOf(await migrated(firstShared))
  const url = await migrated()
  expect(obstacles(before, await catalogOf(url))).toEqual([])
})

test.each([
  'alter table message drop column failure',
  'alter table message alter column failure type bytea using null',
  'alter table message rename column failure to cause',
  'drop table delivery cascade',
  'alter table message add column later integer not null',
  'alter table message alter column failure set not null',
  'create unique index one_a_chat on message (chat_key)',
  'alter table message add constraint short check (length(recipient) < 10)',
])('this would be noticed: %s', async (statement) => {
  const url = await migrated(firstShared)
  const before = await catalogOf(url)
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
  expect(obstacles(before, await catalogOf(url))).not.toEqual([])
})

test('what the release before wrote can be written beside this one', async () => {
  const fixtures = resolve(import.meta.dirname, '../fixtures')
  const releases = (await readdir(fixtures)).filter((name) => name.startsWith('schema-'))
  const last = releases.toSorted().at(-1) ?? ''
  const text = await readFile(join(fixtures, last, 'postgres.sql'), 'utf8')
  const rows = text.match(/^INSERT INTO public\.(?!recado_migration)[^\n]*;$/gmu) ?? []
  expect(rows.length).toBeGreaterThan(10)
  const client = new Client({ connectionString: await migrated() })
  await client.connect()
  // A dump is in the order of the alphabet: what a row refers to may come after it.
  await client.query('set session_replication_role = replica')
  for (const row of rows) await client.query(row)
  await client.end()
})

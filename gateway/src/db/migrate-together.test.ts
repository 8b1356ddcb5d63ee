/** Nodes that start at the same moment make or change the tables once, and each of them finds them whole. */

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { columnTypes } from './dialect.js'
import { allMigrations } from './migrations/all.js'
import { openDatabase } from './open-database.js'

const leaseMs = 12_000
const nodes = 3
const names = Object.keys(allMigrations(columnTypes('postgres')))

/** How often each migration was made, by what stands in the database. */
async function made(url: string): Promise<readonly string[]> {
  await using database = await openDatabase({ url, leaseMs })
  const { rows } = await sql<{ name: string }>`
    select name from recado_migration order by name
  `.execute(database.query)
  return rows.map(({ name }) => name)
}

test.each([
  ['an empty database', undefined],
  ['tables of an earlier version', '0036-handovers'],
])('%s', async (_from, upTo) => {
  const url = await temporaryPostgres()
  if (upTo !== undefined)
    await (await openDatabase({ url, leaseMs }, 0, upTo))[Symbol.asyncDispose]()
  const opened = await Promise.all(
    Array.from({ length: nodes }, () => openDatabase({ url, leaseMs })),
  )
  for (const { query } of opened)
    expect(await query.selectFrom('handover').select('epoch').execute()).toEqual([])
  for (const database of opened) await database[Symbol.asyncDispose]()
  expect(await made(url)).toEqual(names)
})

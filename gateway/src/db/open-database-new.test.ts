import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { StoreFileError } from '../domain/errors.js'
import { type DatabaseLocation, lastMigration, openDatabase } from './open-database.js'

async function emptyPlace(dialect: 'sqlite' | 'postgres'): Promise<DatabaseLocation> {
  if (dialect === 'postgres') return { url: await temporaryPostgres() }
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-test-new-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  return { dataDir }
}

const refusal = new StoreFileError('the database is gone', 'restore a backup')

describe.each(inject('databases') ?? (['sqlite', 'postgres'] as const))('%s', (dialect) => {
  test('a place without tables is refused if there should be some, and gets none', async () => {
    const place = await emptyPlace(dialect)
    for (let time = 0; time < 2; time += 1)
      await expect(openDatabase(place, 0, undefined, refusal)).rejects.toBe(refusal)
    await using database = await openDatabase(place)
    expect(await lastMigration(database.query)).not.toBe('')
  })

  test('a place with tables is opened if there should be some', async () => {
    const place = await emptyPlace(dialect)
    await (await openDatabase(place))[Symbol.asyncDispose]()
    await using database = await openDatabase(place, 0, undefined, refusal)
    expect(await lastMigration(database.query)).not.toBe('')
  })

  test('a place with tables of others alone is refused like an empty one', async () => {
    const place = await emptyPlace(dialect)
    {
      await using others = await openDatabase(place)
      await sql`drop table recado_migration`.execute(others.query)
    }
    await expect(openDatabase(place, 0, undefined, refusal)).rejects.toBe(refusal)
  })

  test('the tables are made up to the migration that is wanted, the rest by the next start', async () => {
    const place = await emptyPlace(dialect)
    {
      await using old = await openDatabase(place, 0, '0005-history')
      expect(await lastMigration(old.query)).toBe('0005-history')
    }
    await using database = await openDatabase(place)
    expect((await lastMigration(database.query)) > '0020').toBe(true)
  })

  test('before the first migration none was the last', async () => {
    await using database = await openDatabase(await emptyPlace(dialect))
    await sql`delete from recado_migration`.execute(database.query)
    expect(await lastMigration(database.query)).toBe('')
  })
})

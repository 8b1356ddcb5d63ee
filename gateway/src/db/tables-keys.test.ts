import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from './database.js'
import { keys, readTables, tableNames } from './tables.js'

/** The columns of each unique index and of the primary key, sorted, as one text each. */
async function uniqueKeys(database: Database, table: string): Promise<readonly string[]> {
  const indexes =
    database.dialect === 'sqlite'
      ? sql<{ columns: string }>`
          select group_concat(name) as columns from pragma_table_info(${table}) where pk > 0
          union all
          select (select group_concat(i.name) from pragma_index_info(l.name) i)
          from pragma_index_list(${table}) l where l."unique" = 1 and l.partial = 0`
      : sql<{ columns: string }>`
          select string_agg(a.attname, ',') as columns from pg_index x
          join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any(x.indkey)
          where x.indrelid = ${table}::regclass and x.indisunique and x.indpred is null
          group by x.indexrelid`
  const { rows } = await indexes.execute(database.query)
  return rows.map(({ columns }) => (columns ?? '').split(',').toSorted().join())
}

eachDatabase('the tables', (open) => {
  test('are read in portions by what names a row', async () => {
    const database = await open()
    for (const table of tableNames) {
      const names: readonly string[] = keys[table]
      const unique = await uniqueKeys(database, table)
      expect({ table, unique }).toEqual({
        table,
        unique: expect.arrayContaining([names.toSorted().join()]),
      })
    }
  })

  test('of the processes are not read', async () => {
    const database = await open()
    const { query } = database
    const instance_id = await addInstance(database)
    const sealed = new Uint8Array(1)
    await query
      .insertInto('node')
      .values({ id: 'n', url: '', version: '', started_at: 0, heartbeat_at: 0, is_leaving: 0 })
      .execute()
    await query
      .insertInto('instance_lease')
      .values({ instance_id, node_id: 'n', epoch: 1 })
      .execute()
    await query
      .insertInto('handover')
      .values({ instance_id, epoch: 1, to_url: '', is_planned: 1, free_since: 0, taken_at: 0 })
      .execute()
    await query.insertInto('login_failure').values({ key_hash: '', count: 1, last_at: 0 }).execute()
    await query.insertInto('setup_code').values({ id: 1, code_sealed: sealed }).execute()
    await query
      .insertInto('passkey_link')
      .values({ token_hash: '', instance_id, challenge: '', created_at: 0, expires_at: 0 })
      .execute()
    const post = { id: '', channel: '', notice_sealed: sealed, status: 'pending' } as const
    await query
      .insertInto('alert_post')
      .values({ ...post, attempts: 0, next_attempt_at: 0, created_at: 0 })
      .execute()
    const read: string[] = []
    for await (const { table } of readTables(query)) read.push(table)
    expect(read).toEqual(['instance'])
  })
})

/** Found by name, so that a table which is added later is asked too. */

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database, DialectName } from './database.js'

interface Reference {
  readonly name: string
  /** What a deletion of the instance does to the row, as the database calls it; null without a reference. */
  readonly onDelete: string | null
}

const ofSqlite = sql<Reference>`
  select t.name as name, f.on_delete as "onDelete"
  from sqlite_master as t
  join pragma_table_info(t.name) as c on c.name = 'instance_id'
  left join pragma_foreign_key_list(t.name) as f on f."from" = 'instance_id' and f."table" = 'instance'
  where t.type = 'table'
  order by t.name`

const ofPostgres = sql<Reference>`
  select c.table_name as name, r.delete_rule as "onDelete"
  from information_schema.columns as c
  left join information_schema.key_column_usage as k
    on k.table_schema = c.table_schema and k.table_name = c.table_name
    and k.column_name = c.column_name and k.position_in_unique_constraint is not null
  left join information_schema.referential_constraints as r
    on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
  where c.column_name = 'instance_id' and c.table_schema = current_schema()
  order by c.table_name`

eachDatabase('a deleted instance', (open, dialect) => {
  test('takes its rows in every table with it, but those of the logs', async () => {
    const { query } = await open()
    const found = await referencesIn(query, dialect)
    expect(found.length).toBeGreaterThan(25)
    const kept = found.filter(({ onDelete }) => onDelete !== 'CASCADE').map(({ name }) => name)
    // Logs of what happened, each with an end of its own: that of refused calls names ids that a stranger made up.
    expect(kept).toEqual(['audit', 'handover', 'refused_call'])
  })
})

async function referencesIn(
  query: Database['query'],
  dialect: DialectName,
): Promise<readonly Reference[]> {
  const { rows } = await (dialect === 'sqlite' ? ofSqlite : ofPostgres).execute(query)
  return rows
}

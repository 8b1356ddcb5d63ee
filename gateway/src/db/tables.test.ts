import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Database } from './database.js'
import {
  continueSequences,
  insertRows,
  isTableName,
  readTables,
  type TableName,
  type TableRows,
  tableNames,
  type Value,
} from './tables.js'

async function portionsOf(database: Database, table: TableName): Promise<readonly TableRows[]> {
  const portions: TableRows[] = []
  for await (const portion of readTables(database.query))
    if (portion.table === table) portions.push(portion)
  return portions
}

function insert(database: Database, portion: TableRows): Promise<void> {
  return database.transaction((transaction) => insertRows(transaction, database.dialect, portion))
}

function keyRows(instance: string, count: number): TableRows {
  const rows = Array.from({ length: count }, (_, index) => [
    instance,
    `type ${index % 3}`,
    String(index).padStart(5, '0'),
    Buffer.of(index % 256),
  ])
  return { table: 'signal_key', columns: ['instance_id', 'type', 'id', 'value_sealed'], rows }
}

const plain = ({ rows }: TableRows) =>
  rows.map((row) => row.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)))

/** As the key of the table orders them. */
const inOrder = (rows: readonly (readonly Value[])[]) =>
  rows.toSorted((one, other) => (one.slice(0, 3).join() < other.slice(0, 3).join() ? -1 : 1))

async function addAudit(database: Database, act: string): Promise<number> {
  const row = { at: 0, role: 'administrator', address: '::1', act } as const
  const { sequence } = await database.query
    .insertInto('audit')
    .values({ ...row, name: null, instance_id: null, detail: null })
    .returning('sequence')
    .executeTakeFirstOrThrow()
  return sequence
}

eachDatabase('the rows of all tables', (open) => {
  test.each([1, 499, 500, 501, 1_000])(
    'come out in portions of 500, each once (%i)',
    async (count) => {
      const database = await open()
      const written = keyRows(await addInstance(database), count)
      await insert(database, written)
      const portions = await portionsOf(database, 'signal_key')
      expect(portions.map(({ rows }) => rows.length)).toEqual(
        [500, 500, 500].map((most, at) => Math.min(most, count - at * most)).filter((n) => n > 0),
      )
      expect(portions.flatMap(plain)).toEqual(inOrder(written.rows))
    },
  )

  test('come out of the messages in portions of ten, because each may hold a file', async () => {
    const database = await open()
    const instance = await addInstance(database)
    const columns = ['id', 'instance_id', 'whatsapp_id', 'recipient', 'status', 'accepted_at']
    const rows = Array.from({ length: 11 }, (_, at) => [
      `${at}`,
      instance,
      `${at}`,
      '{}',
      'done',
      at,
    ])
    await insert(database, {
      table: 'message',
      columns: [...columns, 'typing_ms', 'attempts'],
      rows: rows.map((row) => [...row, 0, 0]),
    })
    const portions = await portionsOf(database, 'message')
    expect(portions.map((each) => each.rows.length)).toEqual([10, 1])
  })

  test('name the table, its columns, and nothing where there is nothing', async () => {
    const database = await open()
    const instance = await addInstance(database)
    await addAudit(database, 'tried')
    const [portion, ...more] = await portionsOf(database, 'audit')
    expect(more).toEqual([])
    const row = Object.fromEntries(
      portion?.columns.map((name, at) => [name, portion.rows[0]?.[at]]) ?? [],
    )
    expect(row).toMatchObject({ act: 'tried', name: null, detail: null })
    const filled: string[] = []
    for await (const { table } of readTables(database.query)) filled.push(table)
    expect(filled).toEqual(['audit', 'instance'])
    expect((await portionsOf(database, 'instance'))[0]?.rows[0]).toContain(instance)
  })

  test('are read without a table that an older version lacks', async () => {
    const database = await open()
    await addAudit(database, 'tried')
    await sql`alter table label rename to label_away`.execute(database.query)
    expect(await portionsOf(database, 'audit')).toHaveLength(1)
    await sql`alter table label_away rename to label`.execute(database.query)
  })

  test('go in again, more than one statement can take', async () => {
    const database = await open()
    const written = keyRows(await addInstance(database), 8_200)
    await insert(database, written)
    const { count } = await database.query
      .selectFrom('signal_key')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(8_200)
  })

  test('keep their places, and the next one comes after them', async () => {
    const database = await open()
    const columns = ['sequence', 'at', 'role', 'address', 'act']
    const rows = [[41, 0, 'administrator', '::1', 'moved']]
    await database.transaction(async (transaction) => {
      await insertRows(transaction, database.dialect, { table: 'audit', columns, rows })
      await continueSequences(transaction, database.dialect)
    })
    expect(await addAudit(database, 'tried')).toBe(42)
  })

  test('of an empty database leave the counting as it was', async () => {
    const database = await open()
    await database.transaction((transaction) => continueSequences(transaction, database.dialect))
    const first = await addAudit(database, 'tried')
    expect(await addAudit(database, 'tried again')).toBe(first + 1)
  })
})

test('a table is known by its name, each after those that it refers to', () => {
  expect(tableNames.every(isTableName)).toBe(true)
  for (const name of ['nothing', 'toString', 'recado_migration'])
    expect(isTableName(name)).toBe(false)
  expect(tableNames.indexOf('instance')).toBeLessThan(tableNames.indexOf('message'))
  expect(tableNames.indexOf('administrator')).toBeLessThan(tableNames.indexOf('login_session'))
})

/** Which statements PostgreSQL keeps a plan of. */

import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { openPostgres } from './postgres.js'
import { StatementNames } from './statement-names.js'

const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const lastName = (names: StatementNames, text: string, uses = 10) =>
  times(uses).map(() => names.nameOf(text))[uses - 1]

test('a statement has one name from its tenth use on', () => {
  const names = new StatementNames()
  const given = times(12).map(() => names.nameOf('select 1'))
  expect(given.slice(0, 9).every((name) => name === undefined)).toBe(true)
  expect(given.slice(9)).toEqual(['recado_1', 'recado_1', 'recado_1'])
  expect(lastName(names, 'update t set a = 1')).toBe('recado_2')
})

test.each([
  'select * from t',
  'delete from t returning *',
  'start transaction',
  'commit',
  'create table t (a int)',
  'create table t as select 1',
  'selected',
])('"%s" has none', (text) => {
  expect(lastName(new StatementNames(), text)).toBeUndefined()
})

test('300 statements have names, and more of them cost the server nothing', () => {
  const names = new StatementNames()
  const given = times(310).map((index) => lastName(names, `select ${index}`))
  expect(new Set(given.slice(0, 300)).size).toBe(300)
  expect(given[299]).toBe('recado_300')
  expect(given.slice(300).every((name) => name === undefined)).toBe(true)
  expect(names.nameOf('select 0')).toBe('recado_1')
})

test('statements that are asked once keep no other one from its name', () => {
  const names = new StatementNames()
  const given = times(3_000).map((index) => {
    names.nameOf(`select ${index} from once`)
    return index % 50 === 0 ? names.nameOf('select often') : undefined
  })
  expect(given).toContain('recado_1')
})

test('after 1,000 others that are asked once, a statement is counted from the beginning', () => {
  const names = new StatementNames()
  lastName(names, 'select rarely', 9)
  for (const index of times(1_000)) names.nameOf(`select ${index} from once`)
  expect(names.nameOf('select rarely')).toBeUndefined()
  expect(lastName(names, 'select rarely', 9)).toBe('recado_1')
})

test('PostgreSQL keeps the plan of what is asked often, and answers after another node added a column', async () => {
  const url = await temporaryPostgres()
  const postgres = await openPostgres(url, 50)
  onTestFinished(() => postgres.close())
  const other = new Client({ connectionString: url })
  await other.connect()
  onTestFinished(() => other.end())
  await other.query('create table thing (a int)')
  await other.query('insert into thing values (1), (2)')
  const { query } = postgres
  const asked = async (last: string) => {
    const all = await sql`select * from thing order by a`.execute(query)
    const one = await sql<{ a: number }>`select a from thing where a = ${2}`.execute(query)
    const changed = await sql`update thing set a = a where a = ${last}`.execute(query)
    return [all.rows, one.rows, Number(changed.numAffectedRows)]
  }
  for (const _ of times(20)) await asked('1')
  const kept = await sql<{
    statement: string
  }>`select statement from pg_prepared_statements`.execute(query)
  expect(kept.rows.map(({ statement }) => statement).toSorted()).toEqual([
    'select a from thing where a = $1',
    'update thing set a = a where a = $1',
  ])
  await other.query('alter table thing add column b text')
  expect(await asked('1')).toEqual([
    [
      { a: 1, b: null },
      { a: 2, b: null },
    ],
    [{ a: 2 }],
    1,
  ])
})

import {
  type Compilable,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Schema } from './schema.js'
import { Remembered, TableChanges } from './table-changes.js'

/** Puts statements together and runs none. */
const query = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
const raw = (text: string): RawBuilder<unknown> => sql.raw(text)
const token = { kind: 'client', hash: '', created_at: 0 } as const
const write = query.insertInto('access_token').values(token)

type Statement = Compilable | RawBuilder<unknown>
const begun = (changes: TableChanges, statement: Statement) =>
  changes.begun(statement.compile(query))

/** Which of the tables a statement counts as writing to. */
function writtenBy(statement: Statement): readonly string[] {
  const changes = new TableChanges()
  const tables = ['access_token', 'message', 'instance'] as const
  const before = tables.map((table) => changes.stampOf(table))
  const end = begun(changes, statement)
  const open = tables.filter((table) => changes.stampOf(table) === undefined)
  end?.()
  const changed = tables.filter((table, index) => changes.stampOf(table) !== before[index])
  expect(changed).toEqual(open)
  return changed
}

describe('a statement counts as writing to', () => {
  const everything = ['access_token', 'message', 'instance']
  test.each<[string, Statement, readonly string[]]>([
    ['the table that it inserts into', write, ['access_token']],
    ['the table that it updates', query.updateTable('message').set({ attempts: 1 }), ['message']],
    ['the table that it deletes from', query.deleteFrom('message'), ['message']],
    ['every table, with an instance', query.deleteFrom('instance'), everything],
    [
      'every table, by another name',
      query.updateTable('message as m').set('m.attempts', 1),
      everything,
    ],
    ['none that it selects', query.selectFrom('message').select('id'), []],
    [
      'none that it selects with a part before it',
      query
        .with('m', (db) => db.selectFrom('message').select('id'))
        .selectFrom('m')
        .select('id'),
      [],
    ],
    ['none that it selects by hand', raw('select * from message'), []],
    ['none that it selects by hand, after space', raw('\n  SELECT 1'), []],
    ['every table, by hand', raw('delete from message'), everything],
    ['every table, by hand, whatever it selects', raw('insert into message select 1'), everything],
    ['every table, by hand, in a word like it', raw('selection'), everything],
  ])('%s', (_, statement, expected) => {
    expect(writtenBy(statement)).toEqual(expected)
  })

  test('nothing, where it only reads', () => {
    expect(begun(new TableChanges(), query.selectFrom('message').select('id'))).toBeUndefined()
  })
})

test('a write that ends twice ends no other write', () => {
  const changes = new TableChanges()
  const first = begun(changes, write)
  const second = begun(changes, write)
  first?.()
  first?.()
  expect(changes.stampOf('access_token')).toBeUndefined()
  second?.()
  expect(changes.stampOf('access_token')).toBeDefined()
})

function remembering(most?: number) {
  const changes = new TableChanges()
  const remembered = new Remembered<string>(changes, 'access_token', most)
  const asked: string[] = []
  const get = (key: string, meanwhile?: () => Promise<void>) =>
    remembered.get(key, async () => {
      asked.push(key)
      const value = `${key} ${asked.length}`
      await meanwhile?.()
      return value
    })
  return { changes, asked, get }
}

describe('what is remembered', () => {
  test('is not kept if somebody wrote while it was read, even if others read after that', async () => {
    const { changes, get } = remembering()
    const early = await get('a', async () => {
      begun(changes, write)?.()
      expect(await get('a')).toBe('a 2')
    })
    expect(early).toBe('a 1')
    expect(await get('a')).toBe('a 2')
  })

  test('is read each time while somebody writes', async () => {
    const { changes, get } = remembering()
    const end = begun(changes, write)
    expect([await get('a'), await get('a')]).toEqual(['a 1', 'a 2'])
    end?.()
    expect([await get('a'), await get('a')]).toEqual(['a 3', 'a 3'])
  })

  test('is all forgotten when one more would be too many', async () => {
    const { asked, get } = remembering(2)
    for (const key of ['a', 'b', 'a', 'b']) await get(key)
    expect(asked).toEqual(['a', 'b'])
    for (const key of ['c', 'c', 'a']) await get(key)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ConfigError } from '../domain/errors.js'
import type { Database, Transaction } from './database.js'

function addInstance(query: Database['query'] | Transaction['query'], id: string) {
  return query
    .insertInto('instance')
    .values({
      id,
      name: id,
      token_hash: 'h',
      token_sealed: Buffer.of(0, 1, 255),
      settings: '{}',
      created_at: Date.UTC(2026, 0, 1),
    })
    .execute()
}

const namesOf = async (database: Database) =>
  (await database.query.selectFrom('instance').select('name').orderBy('name').execute()).map(
    ({ name }) => name,
  )

eachDatabase('a database', (open) => {
  test('gives back what was put in: bytes, moments, nothing', async () => {
    const database = await open()
    await addInstance(database.query, 'A')
    const row = await database.query.selectFrom('instance').selectAll().executeTakeFirstOrThrow()
    expect(row.created_at).toBe(Date.UTC(2026, 0, 1))
    expect(Buffer.from(row.token_sealed)).toEqual(Buffer.of(0, 1, 255))
    const { count } = await database.query
      .selectFrom('instance')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(1)
  })

  test('keeps what was committed over a restart, and migrates once', async () => {
    const before = await open()
    await before.transaction(({ query }) => addInstance(query, 'A'))
    const after = await open.again()
    expect(await namesOf(after)).toEqual(['A'])
  })

  test('counts up the order of the lines by itself', async () => {
    const database = await open()
    await addInstance(database.query, 'A')
    const sequences: number[] = []
    for (const id of ['1', '2', '3']) {
      const row = await database.query
        .insertInto('delivery')
        .values({
          id,
          instance_id: 'A',
          event_kind: 'message.sent',
          url: 'https://example.org',
          lane: 'x',
          body_sealed: null,
          status: 'pending',
          attempts: 0,
          next_attempt_at: 0,
          last_error: null,
          created_at: 0,
        })
        .returning('sequence')
        .executeTakeFirstOrThrow()
      sequences.push(row.sequence)
    }
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
    expect(new Set(sequences).size).toBe(3)
  })

  test('rolls back everything when the work throws, and does not act after it', async () => {
    const database = await open()
    const acts: string[] = []
    const work = database.transaction(async ({ query, afterCommit, onceReadable }) => {
      await addInstance(query, 'A')
      afterCommit(() => acts.push('acted'))
      onceReadable(() => acts.push('acted at once'))
      throw new Error('second thoughts')
    })
    await expect(work).rejects.toThrow('second thoughts')
    expect(await namesOf(database)).toEqual([])
    expect(acts).toEqual([])
  })

  test.each(['afterCommit', 'onceReadable'] as const)(
    'acts when others can see the rows (%s)',
    async (when) => {
      const database = await open()
      const seen = await new Promise<string[]>((resolve) => {
        void database.transaction(async ({ query, [when]: then }) => {
          then(() => resolve(namesOf(database)))
          await addInstance(query, 'A')
        })
      })
      expect(seen).toEqual(['A'])
    },
  )

  test('refuses to be used from inside its own transaction', async () => {
    const database = await open()
    await expect(
      database.transaction(async () => {
        await database.query.selectFrom('instance').select('id').execute()
      }),
    ).rejects.toThrow('inside a transaction')
    await expect(database.transaction(() => database.transaction(async () => {}))).rejects.toThrow(
      'inside a transaction',
    )
    await addInstance(database.query, 'A')
    expect(await namesOf(database)).toEqual(['A'])
  })

  test('keeps apart many callers at once, inside and outside of transactions', async () => {
    const database = await open()
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const id = String(index).padStart(2, '0')
        if (index % 4 === 0) return addInstance(database.query, id)
        const rolledBack = new Error('rolled back')
        return database
          .transaction(async ({ query }) => {
            await addInstance(query, id)
            await query.selectFrom('instance').select('id').execute()
            if (index % 4 === 1) throw rolledBack
          })
          .catch((cause: unknown) => {
            if (cause !== rolledBack) throw cause
          })
      }),
    )
    const expected = Array.from({ length: 40 }, (_, index) => index).filter((i) => i % 4 !== 1)
    expect(await namesOf(database)).toEqual(expected.map((i) => String(i).padStart(2, '0')))
  })

  test('takes the rows of an instance with it', async () => {
    const database = await open()
    await addInstance(database.query, 'A')
    await database.query
      .insertInto('credential')
      .values({ instance_id: 'A', value_sealed: Buffer.of(1) })
      .execute()
    await database.query.deleteFrom('instance').execute()
    expect(await database.query.selectFrom('credential').selectAll().execute()).toEqual([])
    await expect(
      database.query
        .insertInto('credential')
        .values({ instance_id: 'unknown', value_sealed: Buffer.of(1) })
        .execute(),
    ).rejects.toThrow(/foreign key/i)
  })
})

eachDatabase('a database of a newer version', (open) => {
  test('is refused, and nothing is changed', async () => {
    const database = await open()
    await sql`insert into recado_migration (name, timestamp) values ('9999-later', '')`.execute(
      database.query,
    )
    await expect(open.again()).rejects.toThrow(ConfigError)
    await expect(open.again()).rejects.toThrow(/newer version/)
    await expect(open.again()).rejects.toMatchObject({ cause: expect.any(Error) as unknown })
  })
})

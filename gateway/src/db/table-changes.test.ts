import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database, Transaction } from './database.js'
import { prepared } from './prepared.js'
import { Remembered } from './table-changes.js'

type Kind = 'client' | 'partner'

const setHash = prepared((query, given: { readonly kind: Kind; readonly hash: string }) =>
  query
    .insertInto('access_token')
    .values({ kind: given.kind, hash: given.hash, created_at: 0 })
    .onConflict((conflict) =>
      conflict.column('kind').doUpdateSet((row) => ({ hash: row.ref('excluded.hash') })),
    ),
)
const findHash = prepared((query, { kind }: { readonly kind: Kind }) =>
  query.selectFrom('access_token').select('hash').where('kind', '=', kind),
)

class Reader {
  readonly remembered: Remembered<string | undefined>
  readonly #database: Database
  asked = 0

  constructor(database: Database) {
    this.#database = database
    this.remembered = new Remembered(database.changes, 'access_token')
  }

  hash(kind: Kind, query?: Transaction['query']): Promise<string | undefined> {
    return this.remembered.get(kind, async () => {
      this.asked += 1
      const { rows } = await findHash(query ?? this.#database.query, { kind })
      return rows[0]?.hash
    })
  }
}

eachDatabase('what is remembered of a table', (open) => {
  test('is asked for once, until somebody writes to the table', async () => {
    const database = await open()
    const reader = new Reader(database)
    expect(await reader.hash('client')).toBeUndefined()
    expect(await reader.hash('client')).toBeUndefined()
    expect(reader.asked).toBe(1)

    await setHash(database.query, { kind: 'client', hash: 'one' })
    expect([await reader.hash('client'), await reader.hash('client')]).toEqual(['one', 'one'])
    expect(reader.asked).toBe(2)

    await database.query.deleteFrom('instance').execute()
    expect(await reader.hash('client')).toBe('one')
    expect(reader.asked).toBe(3)
  })

  test('is never another than what is stored, whoever writes and fails at the same time', async () => {
    const database = await open()
    const reader = new Reader(database)
    const step = fc.record({
      kind: fc.constantFrom('client' as const, 'partner' as const),
      act: fc.constantFrom('write', 'write in a transaction', 'fail', 'read', 'read'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        let count = 0
        await Promise.allSettled(
          steps.map(({ kind, act }) => {
            count += 1
            const row = { kind, hash: `${count} ${Math.random()}` }
            if (act === 'write') return setHash(database.query, row)
            if (act === 'read') return reader.hash(kind)
            return database.transaction(async ({ query }) => {
              await setHash(query, row)
              await reader.hash(kind, query)
              if (act === 'fail') throw new Error('changed its mind')
            })
          }),
        )
        for (const kind of ['client', 'partner'] as const) {
          const { rows } = await findHash(database.query, { kind })
          expect(await reader.hash(kind)).toBe(rows[0]?.hash)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('within a transaction is what that has written', async () => {
    const database = await open()
    const reader = new Reader(database)
    await setHash(database.query, { kind: 'client', hash: 'before' })
    await reader.hash('client')
    const seen = await database.transaction(async ({ query }) => {
      await setHash(query, { kind: 'client', hash: 'after' })
      return reader.hash('client', query)
    })
    expect(seen).toBe('after')
  })
})

eachDatabase('a statement that is put together once', (open) => {
  test('says what it lacks, and mixes nothing up', async () => {
    const database = await open()
    await setHash(database.query, { kind: 'client', hash: 'one' })
    await setHash(database.query, { kind: 'partner', hash: 'two' })
    await setHash(database.query, { kind: 'client', hash: 'three' })
    expect((await findHash(database.query, { kind: 'client' })).rows).toEqual([{ hash: 'three' }])
    expect((await findHash(database.query, { kind: 'partner' })).rows).toEqual([{ hash: 'two' }])
    const empty: { kind: Kind } = JSON.parse('{}')
    await expect(findHash(database.query, empty)).rejects.toThrow('lacks its kind')
  })
})

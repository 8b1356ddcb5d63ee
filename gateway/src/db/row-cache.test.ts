import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { InstanceId } from '../domain/instance.js'
import type { Database, Transaction } from './database.js'
import { RowCache } from './row-cache.js'
import { Signals } from './signals.js'

type Query = Transaction['query'] | Database['query']

async function stored(id: InstanceId, query: Query) {
  const row = await query
    .selectFrom('restriction')
    .select('until')
    .where('instance_id', '=', id)
    .executeTakeFirst()
  return row?.until
}

async function write(id: InstanceId, until: number, { query, changes }: Transaction) {
  changes('restriction', id)
  const values = { own_phone_hash: null, until, suspect_hash: null, suspect_at: null }
  await query
    .insertInto('restriction')
    .values({ instance_id: id, ...values })
    .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(values))
    .execute()
}

function counting(most?: number) {
  const signals = new Signals()
  const cache = new RowCache<string>(signals, 'instance', most)
  const asked: string[] = []
  const get = (id: string, key: string, meanwhile?: () => Promise<void> | void) =>
    cache.get(id, key, async () => {
      asked.push(key)
      const value = `${key} ${asked.length}`
      await meanwhile?.()
      return value
    })
  return { signals, asked, get }
}

eachDatabase('a row cache', (open) => {
  let database: Database
  let ids: readonly InstanceId[]
  let cache: RowCache<number | undefined>
  let reads: number

  beforeEach(async () => {
    database = await open()
    ids = [await addInstance(database), await addInstance(database)]
    cache = new RowCache(database.signals, 'restriction')
    reads = 0
  })

  function cached(id: InstanceId, query: Query) {
    return cache.get(id, '', () => {
      reads += 1
      return stored(id, query)
    })
  }

  test('reads once, until the rows of that instance change', async () => {
    const [one, other] = ids as [InstanceId, InstanceId]
    for (const id of [one, one, other, other]) await cached(id, database.query)
    expect(reads).toBe(2)
    await database.transaction((transaction) => write(one, 7, transaction))
    for (const id of [one, one, other, other])
      expect(await cached(id, database.query)).toBe(id === one ? 7 : undefined)
    expect(reads).toBe(3)
  })

  test('gives within a transaction what that has written', async () => {
    const [id] = ids as [InstanceId, InstanceId]
    await cached(id, database.query)
    const seen = await database.transaction(async (transaction) => {
      await write(id, 7, transaction)
      return cached(id, transaction.query)
    })
    expect(seen).toBe(7)
  })

  test('keeps nothing of a change that was undone', async () => {
    const [id] = ids as [InstanceId, InstanceId]
    const undone = database.transaction(async (transaction) => {
      await write(id, 7, transaction)
      await cached(id, transaction.query)
      throw new Error('changed its mind')
    })
    await expect(undone).rejects.toThrow('changed its mind')
    expect(await cached(id, database.query)).toBeUndefined()
  })

  test('shows acts after the commit what was committed', async () => {
    const [id] = ids as [InstanceId, InstanceId]
    await cached(id, database.query)
    let seen: Promise<number | undefined> | undefined
    await database.transaction(async (transaction) => {
      await write(id, 7, transaction)
      transaction.afterCommit(() => {
        seen = cached(id, database.query)
      })
    })
    expect(await seen).toBe(7)
    await cached(id, database.query)
    expect(reads).toBe(2)
  })

  test('agrees with the table when changes, failures and reads overlap', async () => {
    const step = fc.record({
      on: fc.constantFrom(0, 1),
      act: fc.constantFrom('write', 'fail', 'read', 'read', 'read in a transaction'),
      until: fc.integer({ min: 1, max: 1_000_000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await Promise.allSettled(
          steps.map(({ on, act, until }) => {
            const id = ids[on] ?? ''
            if (act === 'read') return cached(id as InstanceId, database.query)
            return database.transaction(async (transaction) => {
              if (act !== 'read in a transaction') await write(id as InstanceId, until, transaction)
              await cached(id as InstanceId, transaction.query)
              if (act === 'fail') throw new Error('changed its mind')
            })
          }),
        )
        for (const id of ids)
          expect(await cached(id, database.query)).toBe(await stored(id, database.query))
      }),
      { numRuns: 40 },
    )
  })
})

describe('values of a row cache', () => {
  test('are not kept if the rows changed while they were read', async () => {
    const { signals, get } = counting()
    const early = await get('i', 'a', async () => {
      signals.begin('instance', 'i')()
      expect(await get('i', 'a')).toBe('a 2')
    })
    expect(early).toBe('a 1')
    expect(await get('i', 'a')).toBe('a 2')
  })

  test('are read each time while a change is open', async () => {
    const { signals, get } = counting()
    const end = signals.begin('instance', 'i')
    expect([await get('i', 'a'), await get('i', 'a')]).toEqual(['a 1', 'a 2'])
    end()
    expect([await get('i', 'a'), await get('i', 'a')]).toEqual(['a 3', 'a 3'])
  })

  test('are kept as long as another topic or instance changes', async () => {
    const { signals, asked, get } = counting()
    await get('i', 'a')
    signals.begin('instance', 'j')()
    signals.begin('restriction', 'i')()
    await get('i', 'a')
    expect(asked).toEqual(['a'])
  })

  test('of one instance are kept beside each other', async () => {
    const { asked, get } = counting()
    for (const key of ['a', 'b', 'a', 'b']) await get('i', key)
    expect(asked).toEqual(['a', 'b'])
  })

  test('that two read at once take one place', async () => {
    const { asked, get } = counting(2)
    await Promise.all([get('i', 'a'), get('i', 'a')])
    await get('i', 'b')
    await get('i', 'a')
    expect(asked).toEqual(['a', 'a', 'b'])
  })

  test('are all dropped when one more would be too many', async () => {
    const { asked, get } = counting(2)
    for (const [id, key] of [
      ['i', 'a'],
      ['j', 'b'],
      ['i', 'a'],
      ['j', 'b'],
    ] as const)
      await get(id, key)
    expect(asked).toEqual(['a', 'b'])
    for (const key of ['c', 'c', 'a']) await get('i', key)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  test('that a change dropped leave room for others', async () => {
    const { signals, asked, get } = counting(2)
    await get('j', 'b')
    for (const key of ['a', 'c', 'd']) {
      signals.begin('instance', 'i')()
      await get('i', key)
    }
    await get('j', 'b')
    expect(asked).toEqual(['b', 'a', 'c', 'd'])
  })
})

test('a change that ends twice ends no other change', () => {
  const signals = new Signals()
  const first = signals.begin('instance', 'i')
  const second = signals.begin('instance', 'i')
  first()
  first()
  expect(signals.versionOf('instance', 'i')).toBeUndefined()
  second()
  expect(signals.versionOf('instance', 'i')).toBe(2)
})

import { EventEmitter, once } from 'node:events'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database } from './database.js'

const deadlock = () => Object.assign(new Error('deadlock detected'), { code: '40P01' })

async function tokensOf(query: Database['query']) {
  const rows = await query.selectFrom('access_token').select('hash').execute()
  return rows.map(({ hash }) => hash)
}

const add = (
  query: Pick<Database['query'], 'insertInto'>,
  hash: string,
  kind: 'client' | 'partner' = 'client',
) => query.insertInto('access_token').values({ kind, hash, created_at: 0 }).execute()

eachDatabase('a transaction', (open) => {
  test('that meets another one each time ends after five tries, undone', async () => {
    const database = await open()
    let tries = 0
    const work = database.transaction(async ({ query }) => {
      tries += 1
      await add(query, 'hash')
      throw deadlock()
    })
    await expect(work).rejects.toThrow('deadlock detected')
    expect(tries).toBe(5)
    expect(await tokensOf(database.query)).toEqual([])
  })

  test('that meets another one is tried again, and acts once', async () => {
    const database = await open()
    const acts: string[] = []
    let tries = 0
    await database.transaction(async ({ query, afterCommit, onceReadable }) => {
      tries += 1
      afterCommit(() => acts.push(`committed ${tries}`))
      onceReadable(() => acts.push(`readable ${tries}`))
      await add(query, 'hash')
      if (tries < 3) throw deadlock()
    })
    expect(acts).toEqual(['readable 3', 'committed 3'])
    expect(await tokensOf(database.query)).toEqual(['hash'])
  })

  test('that fails otherwise is not tried again', async () => {
    const database = await open()
    let tries = 0
    for (const cause of [new Error('wrong'), Object.assign(new Error('wrong'), { code: '23505' })])
      await expect(
        database.transaction(async () => {
          tries += 1
          throw cause
        }),
      ).rejects.toBe(cause)
    expect(tries).toBe(2)
  })

  test('lets what it started go on with the database once it is over', async () => {
    const database = await open()
    const end = new EventEmitter()
    const { later } = await database.transaction(async ({ query }) => {
      await add(query, 'hash')
      return { later: once(end, 'over').then(() => tokensOf(database.query)) }
    })
    end.emit('over')
    expect(await later).toEqual(['hash'])
  })

  test('may not take a snapshot from within', async () => {
    const database = await open()
    await expect(database.transaction(() => database.snapshot())).rejects.toThrow(
      'inside a transaction: use its own `query`',
    )
  })

  test('signals its changes while they are open, and after a rollback too', async () => {
    const database = await open()
    const version = () => database.signals.versionOf('instance', 'A')
    const seen: unknown[] = [version()]
    const change = (ends: Error | undefined) =>
      database.transaction(async ({ changes }) => {
        changes('instance', 'A')
        seen.push(version())
        if (ends !== undefined) throw ends
      })
    await change(undefined)
    seen.push(version())
    await change(new Error('second thoughts')).catch(() => {})
    seen.push(version())
    expect(seen).toEqual([0, undefined, 1, undefined, 2])
  })
})

eachDatabase('a snapshot', (open) => {
  test('shows one moment while others write, until it is let go', async () => {
    const database = await open()
    await add(database.query, 'client')
    {
      await using snapshot = await database.snapshot()
      expect(await tokensOf(snapshot.query)).toEqual(['client'])
      await add(database.query, 'partner', 'partner')
      expect(await tokensOf(snapshot.query)).toEqual(['client'])
    }
    expect((await tokensOf(database.query)).toSorted()).toEqual(['client', 'partner'])
  })
})

eachDatabase('a database that was closed', (open) => {
  test('may be closed again', async () => {
    const database = await open()
    const closing = database[Symbol.asyncDispose]()
    expect(database[Symbol.asyncDispose]()).toBe(closing)
    await closing
    await database[Symbol.asyncDispose]()
  })
})

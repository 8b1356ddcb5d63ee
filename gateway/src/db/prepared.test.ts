import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { byShape, prepared } from './prepared.js'

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

interface Tokens {
  readonly kinds: readonly Kind[]
  readonly least: { readonly hash: string }
}

const findKinds = byShape((_count: number) =>
  prepared((query, { kinds, least }: Tokens) =>
    query
      .selectFrom('access_token')
      .select('kind')
      .where('kind', 'in', kinds)
      .where('hash', '>=', least.hash)
      .orderBy('kind'),
  ),
)

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

  test('says what it lacks also where it is put together', async () => {
    const database = await open()
    const find = prepared((query, { kind }: { readonly kind: Kind }) =>
      query.selectFrom('access_token').select('hash').where('kind', '=', kind),
    )
    const empty: { kind: Kind } = JSON.parse('{}')
    await expect(find(database.query, empty)).rejects.toThrow('lacks its kind')
    expect((await find(database.query, { kind: 'client' })).rows).toEqual([])
  })

  test('is put together once for each database', async () => {
    const database = await open()
    let built = 0
    const find = prepared((query, { kind }: { readonly kind: Kind }) => {
      built += 1
      return query.selectFrom('access_token').select('hash').where('kind', '=', kind)
    })
    await find(database.query, { kind: 'client' })
    await database.transaction(({ query }) => find(query, { kind: 'partner' }))
    expect(built).toBe(1)
  })

  test('takes values out of lists and objects, each time the new ones', async () => {
    const database = await open()
    await setHash(database.query, { kind: 'client', hash: 'b' })
    await setHash(database.query, { kind: 'partner', hash: 'd' })
    const kindsOf = async (given: Tokens) =>
      (await findKinds(given.kinds.length)(database.query, given)).rows.map(({ kind }) => kind)
    expect(await kindsOf({ kinds: ['client', 'partner'], least: { hash: 'a' } })).toEqual([
      'client',
      'partner',
    ])
    expect(await kindsOf({ kinds: ['partner', 'client'], least: { hash: 'c' } })).toEqual([
      'partner',
    ])
    expect(await kindsOf({ kinds: ['client'], least: { hash: 'a' } })).toEqual(['client'])
    expect(await kindsOf({ kinds: ['partner'], least: { hash: 'a' } })).toEqual(['partner'])
  })

  test('takes the values of more than ten in a list, each from its own place', async () => {
    const database = await open()
    const first = prepared((query, { letters }: { readonly letters: readonly string[] }) =>
      query.selectNoFrom(
        sql<string>`concat(${sql.join(letters.map((each) => sql`cast(${each} as text)`))})`.as(
          'word',
        ),
      ),
    )
    const letters = 'recado sends'.split('')
    const { rows } = await first(database.query, { letters })
    expect(rows).toEqual([{ word: 'recado sends' }])
    const other = await first(database.query, { letters: letters.toReversed() })
    expect(other.rows).toEqual([{ word: 'sdnes odacer' }])
  })

  test('takes bytes and nothing as values', async () => {
    const database = await open()
    const seal = prepared((query, { sealed }: { readonly sealed: Uint8Array }) =>
      query.insertInto('master_key_check').values({ id: 1, check_sealed: sealed }),
    )
    await seal(database.query, { sealed: Buffer.of(1, 2, 255) })
    const row = await database.query
      .selectFrom('master_key_check')
      .select('check_sealed')
      .executeTakeFirstOrThrow()
    expect([...row.check_sealed]).toEqual([1, 2, 255])

    const note = prepared((query, given: { readonly act: string; readonly name: string | null }) =>
      query.insertInto('audit').values({
        at: 0,
        role: 'administrator',
        address: '::1',
        instance_id: null,
        detail: null,
        act: given.act,
        name: given.name,
      }),
    )
    await note(database.query, { act: 'first', name: null })
    await note(database.query, { act: 'second', name: 'ana' })
    const names = await database.query
      .selectFrom('audit')
      .select('name')
      .orderBy('sequence')
      .execute()
    expect(names).toEqual([{ name: null }, { name: 'ana' }])
  })

  test('says which value within a list or an object it lacks', async () => {
    const database = await open()
    const find = findKinds(2)
    await find(database.query, { kinds: ['client', 'partner'], least: { hash: '' } })
    await expect(find(database.query, { kinds: ['client'], least: { hash: '' } })).rejects.toThrow(
      'a statement lacks its kinds.1',
    )
    for (const least of ['{}', 'null', '7', '"hash"']) {
      const given: Tokens = { kinds: ['client', 'partner'], least: JSON.parse(least) }
      await expect(find(database.query, given)).rejects.toThrow('a statement lacks its least.hash')
    }
  })
})

test('one is made for each shape, once', () => {
  const made: number[] = []
  const statement = byShape((count: number) => {
    made.push(count)
    return { count }
  })
  expect([1, 2, 1, 2].map((count) => statement(count).count)).toEqual([1, 2, 1, 2])
  expect(statement(1)).toBe(statement(1))
  expect(made).toEqual([1, 2])
})

import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { prepared } from './prepared.js'

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

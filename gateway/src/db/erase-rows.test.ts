import { expect, it } from 'vitest'
import { sql } from 'kysely'
import { eachDatabase } from '../../test/support/databases.js'
import { loopTurns } from '../../test/support/loop-turns.js'
import { eraseRows } from './erase-rows.js'

const row = (at: number) => ({
  at,
  role: 'operator' as const,
  name: null,
  address: '203.0.113.7',
  act: 'logged-in',
  instance_id: null,
  detail: null,
})

eachDatabase('rows that are erased', (open) => {
  it('are those that are named, in portions between which other things are done', async () => {
    const { query } = await open()
    const rows = Array.from({ length: 1_100 }, (_, at) => row(at))
    for (let at = 0; at < rows.length; at += 275)
      await query
        .insertInto('audit')
        .values(rows.slice(at, at + 275))
        .execute()

    const { result: erased, turns } = await loopTurns(() =>
      eraseRows(query, 'audit', sql`at < 1000`),
    )
    // 25, forty times.
    expect(turns).toBeGreaterThanOrEqual(40)
    expect(erased).toBe(1_000)
    const left = await query.selectFrom('audit').select('at').orderBy('at').execute()
    expect(left.map(({ at }) => at)).toEqual(rows.slice(1_000).map(({ at }) => at))
    expect(await eraseRows(query, 'audit', sql`at < 1000`)).toBe(0)
  })
})

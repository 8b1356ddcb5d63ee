import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import { KnownPeople } from './known-people.js'

const maria = { phone: '5511999990001', lid: '77' }

eachDatabase('known people', (openDatabase) => {
  async function open() {
    const database = await openDatabase()
    const clock = new ManualClock()
    const people = new KnownPeople({ database, clock })
    return { database, clock, people, id: await addInstance(database) }
  }

  it('finds the other name of a person, in every form of the number', async () => {
    const { people, id } = await open()
    expect(await people.whole(id, { lid: '77' })).toEqual({ lid: '77' })
    await people.learn(id, [maria, { phone: '351912345678' }, { lid: '99' }])
    expect(await people.whole(id, { phone: '5511999990001' })).toEqual(maria)
    expect(await people.whole(id, { phone: '551199990001' })).toEqual({
      phone: '551199990001',
      lid: '77',
    })
    expect((await people.whole(id, { lid: '77' })).phone).toBe('551199990001')
    expect(await people.whole(id, { phone: '351912345678' })).toEqual({ phone: '351912345678' })
    expect(await people.whole(id, { lid: '99' })).toEqual({ lid: '99' })
  })

  it('knows them for each instance by itself, and after a restart', async () => {
    const { people, id, clock, database } = await open()
    const other = await addInstance(database)
    await people.learn(id, [maria])
    expect(await people.whole(other, { lid: '77' })).toEqual({ lid: '77' })
    const restarted = new KnownPeople({ database: await openDatabase.again(), clock })
    expect(await restarted.whole(id, { phone: maria.phone })).toEqual(maria)
  })

  it('gives a number that changed hands to the new person alone', async () => {
    const { people, id } = await open()
    await people.learn(id, [maria])
    await people.learn(id, [{ phone: maria.phone, lid: '88' }])
    expect(await people.whole(id, { phone: maria.phone })).toMatchObject({ lid: '88' })
    expect(await people.whole(id, { lid: '77' })).toEqual({ lid: '77' })
    await people.learn(id, [{ phone: '351912345678', lid: '88' }])
    expect(await people.whole(id, { phone: maria.phone })).toEqual({ phone: maria.phone })
  })

  it('is one to one, whatever is learned in whatever order', async () => {
    const { people, database } = await open()
    const names = fc.record({
      phone: fc.constantFrom('5511999990001', '551199990001', '351912345678', '14155550100'),
      lid: fc.constantFrom('1', '2', '3'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(names, { maxLength: 3 })), async (batches) => {
        const id = await addInstance(database)
        for (const batch of batches) await people.learn(id, batch)
        const rows = await database.query
          .selectFrom('known_person')
          .selectAll()
          .where('instance_id', '=', id)
          .execute()
        expect(new Set(rows.map(({ lid }) => lid)).size).toBe(rows.length)
        expect(new Set(rows.map(({ phone }) => phone)).size).toBe(rows.length)
        for (const { phone, lid } of rows) {
          expect(await people.whole(id, { phone })).toEqual({ phone, lid })
          expect(await people.whole(id, { lid })).toEqual({ phone, lid })
        }
      }),
      { numRuns: 30 },
    )
  })

  it('learns many at once, and two that learn the same at once', async () => {
    const { people, id } = await open()
    const many = Array.from({ length: 1_200 }, (_, n) => ({
      phone: `35191234${n + 1_000}`,
      lid: `${n}`,
    }))
    await Promise.all([
      people.learn(id, many),
      people.learn(id, many),
      people.learn(id, [many[7] ?? maria]),
    ])
    expect(await people.whole(id, { lid: '1199' })).toEqual(many[1_199])
  })

  it('forgets a pair after a year, and with its instance', async () => {
    const { people, id, clock, database } = await open()
    await people.learn(id, [maria])
    await clock.advance(365 * 24 * 3_600_000 - 1)
    expect(await people.purge()).toBe(0)
    await clock.advance(1)
    expect(await people.purge()).toBe(1)
    expect(await people.whole(id, { lid: '77' })).toEqual({ lid: '77' })
    await people.learn(id, [maria])
    await database.query.deleteFrom('instance').where('id', '=', id).execute()
    expect(await people.whole(id, { lid: '77' })).toEqual({ lid: '77' })
  })
})

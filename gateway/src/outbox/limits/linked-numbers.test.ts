import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { peopleIn } from '../../../test/support/people.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import { createVault } from '../../db/encryption.js'
import { LinkedNumbers } from './linked-numbers.js'

const numbers = ['5511988880001', '5511988880002'] as const

eachDatabase('the number of an instance', (openDatabase) => {
  it('counts from the beginning, and one in its place from the moment on when it was linked', async () => {
    const database = await openDatabase()
    const instanceId = await addInstance(database)
    const clock = new ManualClock(1_000)
    let ownPhone: string | undefined
    const started = () =>
      new LinkedNumbers({
        database,
        vault: createVault(key),
        clock,
        people: peopleIn(database, clock),
        ownPhone: () => ownPhone,
      })
    const key = randomBytes(32)
    const linked = started()
    const noted = async (of: LinkedNumbers, phone: string | undefined) => {
      ownPhone = phone
      clock.jump(1)
      return [await of.note(instanceId), await of.since(instanceId, database.query)]
    }
    expect(await noted(linked, undefined)).toEqual([false, 0])
    expect(await database.query.selectFrom('linked_number').selectAll().execute()).toEqual([])
    expect(await noted(linked, numbers[0])).toEqual([true, 0])
    expect(await noted(linked, numbers[0])).toEqual([false, 0])
    expect(await noted(linked, undefined)).toEqual([false, 0])
    // After a restart it may be another one, and is not.
    expect(await noted(started(), numbers[0])).toEqual([true, 0])
    expect(await noted(linked, numbers[1])).toEqual([true, clock.now()])
    expect(await noted(linked, numbers[1])).toEqual([false, clock.now() - 1])
    const rows = await database.query.selectFrom('linked_number').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('8888000')
  })
})

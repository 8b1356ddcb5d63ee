/** Which names of a person an instance and a pool know. */

import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import { createVault } from '../db/encryption.js'
import { KnownPeople } from '../directory/known-people.js'
import type { InstanceId } from '../domain/instance.js'
import { Instances } from '../instances/instances.js'
import { PoolStore } from '../pools/pool-store.js'
import { peopleOfPools } from './pools.js'

const vault = createVault(randomBytes(32))
const clock = new ManualClock()
const maria = { phone: '5511999990001', lid: '77' }

eachDatabase('the people of a pool', (open) => {
  it('are those of its members, and an instance asks for no members', async () => {
    const database = await open()
    const { query } = database
    const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
    const known = new KnownPeople({ database, clock })
    const people = peopleOfPools({ vault }, instances, known)
    const made = async (name: string, isPool: boolean): Promise<InstanceId> =>
      (await instances.create({ name, isPool })).instance.id
    const [member, pool, plain] = [
      await made('Loja', false),
      await made('Logins', true),
      await made('Other', false),
    ]
    // Nothing makes an instance the pool of a member: its row shows here that none is asked for.
    for (const owner of [pool, plain])
      await database.transaction((transaction) =>
        new PoolStore(vault).putMember(transaction, owner, { instanceId: member, weight: 1 }, 1),
      )
    await known.learn(member, [maria])

    const asked = { phone: maria.phone }
    expect(await people.whole(pool, asked, query)).toEqual(maria)
    expect(await people.whole(plain, asked, query)).toEqual(asked)
  })
})

/** What limits a number of pools, by what the database says. */

import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import { ownWarmUpMigration } from '../db/migrations/0047-own-warm-up.js'
import { createVault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import { noSendingLimits } from '../domain/sending-limits.js'
import { Instances } from '../instances/instances.js'
import { MemberPools } from '../pools/member-pools.js'
import { PoolStore } from '../pools/pool-store.js'
import { limitsIn } from './limits.js'

const vault = createVault(randomBytes(32))
const clock = new ManualClock()

eachDatabase('the limits of a member', (open) => {
  it('follow its pools as they change, the one that it joined first before others', async () => {
    const database = await open()
    const { query } = database
    const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
    const limits = limitsIn(instances, new MemberPools(database))
    const store = new PoolStore(vault)
    const made = async (name: string, isPool: boolean): Promise<InstanceId> =>
      (await instances.create({ name, isPool })).instance.id
    const [member, older, newer] = [
      await made('Loja', false),
      await made('Logins', true),
      await made('Offers', true),
    ]
    const join = (pool: InstanceId, at: number) =>
      database.transaction((transaction) =>
        store.putMember(transaction, pool, { instanceId: member, weight: 1 }, at),
      )
    const warm = (id: InstanceId, warmUp: boolean | null) =>
      instances.updateSettings(id, { sendingLimits: { ...noSendingLimits, warmUp } })
    const from = async () => (await limits.limitsOf(member, query))?.warmUpPool

    await warm(older, true)
    await warm(newer, true)
    expect(await from()).toBeUndefined()
    await join(newer, 2)
    expect(await from()).toBe(newer)
    await join(older, 1)
    expect(await from()).toBe(older)
    await warm(older, false)
    expect(await from()).toBe(newer)
    await database.transaction((transaction) => store.removeMember(transaction, newer, member))
    expect(await from()).toBeUndefined()
    // A warm-up alone gives all that is sent for the pool no limit.
    expect(await limits.isAnyPoolLimited()).toBe(false)
  })

  it('take what was stored without a choice as not chosen, and what was chosen as it is', async () => {
    const database = await open()
    const instances = new Instances({ database, vault, clock, endpoints: noEndpoints })
    const stored = async (warmUp: boolean) =>
      (
        await instances.create({
          name: 'Loja "warmUp":false',
          settings: {
            sendingLimits: { ...noSendingLimits, warmUp },
            rejectedCallText: '"warmUp":false',
          },
        })
      ).instance.id
    const ids = [await stored(false), await stored(true)]
    await ownWarmUpMigration().up(database.query)
    const settings = await Promise.all(
      ids.map(
        async (id) =>
          await new Instances({ database, vault, clock, endpoints: noEndpoints }).settingsOf(id),
      ),
    )
    expect(settings.map(({ sendingLimits }) => sendingLimits.warmUp)).toEqual([null, true])
    expect(settings.map(({ rejectedCallText }) => rejectedCallText)).toEqual([
      '"warmUp":false',
      '"warmUp":false',
    ])
  })
})

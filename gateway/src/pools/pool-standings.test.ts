import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { aPoolWorld, type PoolWorld } from '../../test/support/pool-world.js'
import type { InstanceId } from '../domain/instance.js'
import type { Priority } from '../domain/priority.js'
import type { EpochMs } from '../domain/time.js'
import { PoolStandings } from './pool-standings.js'
import { Presences, type Standing } from './presence.js'

const nothing = { high: 0, normal: 0, low: 0 }

eachDatabase('how a pool stands', (open) => {
  let members: PoolWorld
  let standings: PoolStandings
  /** Until when the limits of the pool hold each priority. */
  let held: Partial<Record<Priority, EpochMs>>
  let connections: Map<InstanceId, Standing>

  beforeEach(async () => {
    members = await aPoolWorld(await open())
    const { world, pools, poolMessages } = members
    const { clock, outbox, restrictions, holds } = world
    held = {}
    connections = new Map()
    const presences = new Presences({
      clock,
      standingOf: (id) => connections.get(id) ?? 'open',
    })
    standings = new PoolStandings({
      clock,
      membersOf: (id) => pools.membersOf(id),
      presenceOf: (id) => presences.of(id),
      restrictedUntil: (id) => restrictions.until(id),
      isFull: (id) => holds.isFull(id),
      forecast: (id) => outbox.forecast(id),
      waitingFor: (id) => poolMessages.waiting(id),
      heldUntil: async (_, priority) => held[priority],
    })
  })
  afterEach(async () => {
    await members.failover[Symbol.asyncDispose]()
    await members.world.sender[Symbol.asyncDispose]()
  })

  const standing = () => standings.of(members.pool)
  const stand = (id: InstanceId, how: Standing) => {
    connections.set(id, how)
    members.stand(id, how)
  }
  /** This member has sent all that it may send today. */
  const fill = async (id: InstanceId) => {
    members.world.limit(id, { dailyMessages: 1 })
    await members.world.database.query
      .updateTable('message')
      .set({ counted_at: members.world.clock.now(), status: 'sent' })
      .where('instance_id', '=', id)
      .execute()
  }

  it('names each member with what it can do, and what waits for the pool', async () => {
    const { first, second } = members
    const idle = { waiting: nothing, waitsMs: nothing }
    const member = { weight: 1, restrictedUntil: undefined, state: 'ready', ...idle }
    expect(await standing()).toEqual({
      members: [
        { instanceId: first, ...member },
        { instanceId: second, ...member },
      ],
      ...idle,
    })
    await members.send('111111')
    const now = await standing()
    expect(now.waiting).toEqual({ ...nothing, high: 1 })
    expect(now.members.map(({ waiting }) => waiting)).toEqual([{ ...nothing, high: 1 }, nothing])
    // The other member sends at once.
    expect(now.waitsMs).toEqual(nothing)
  })

  it('tells a member that comes back by itself from one that is away, and waits for neither', async () => {
    const { first, second, world } = members
    stand(first, 'lost')
    expect((await standing()).members).toMatchObject([{ state: 'coming' }, { state: 'ready' }])
    await world.clock.advance(2_000)
    expect((await standing()).members).toMatchObject([{ state: 'away' }, { state: 'ready' }])
    expect((await standing()).waitsMs).toEqual(nothing)
    stand(second, 'gone')
    const now = await standing()
    expect(now.members.map(({ state, waitsMs }) => ({ state, waitsMs }))).toEqual([
      { state: 'away', waitsMs: undefined },
      { state: 'away', waitsMs: undefined },
    ])
    expect(now.waitsMs).toBeUndefined()
  })

  it('sends no text by a member that is full, as long as another one can', async () => {
    const { first, second } = members
    await members.send('111111')
    await fill(first)
    const one = await standing()
    expect(one.members).toMatchObject([{ state: 'full' }, { state: 'ready' }])
    expect(one.waitsMs).toEqual(nothing)
    stand(second, 'gone')
    const two = await standing()
    expect(two.waitsMs?.high).toBeLessThan(1_000)
    expect(two.waitsMs?.normal).toBeGreaterThan(3_600_000)
    expect(two.waitsMs).toEqual(two.members[0]?.waitsMs)
  })

  it('begins no conversation by a member that is restricted', async () => {
    const { first, second, world } = members
    const until = world.clock.now() + 60_000
    await world.database.transaction(async ({ query, changes }) => {
      changes('restriction', first)
      const row = { instance_id: first, own_phone_hash: null, suspect_hash: null, suspect_at: null }
      await query
        .insertInto('restriction')
        .values({ ...row, until })
        .execute()
    })
    const one = await standing()
    expect(one.members).toMatchObject([{ state: 'restricted', restrictedUntil: until }, {}])
    stand(second, 'gone')
    expect((await standing()).waitsMs).toBeUndefined()
  })

  it('waits as long as the limits of the pool itself hold new people', async () => {
    const now = members.world.clock.now()
    held = { normal: now + 5_000, low: now - 1 }
    expect((await standing()).waitsMs).toEqual({ high: 0, normal: 5_000, low: 0 })
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { aPoolWorld, by, type PoolWorld } from '../../test/support/pool-world.js'
import type { InstanceId } from '../domain/instance.js'

const patience = { timeout: 60_000, interval: 5 }

eachDatabase('what waits for a member of a pool', (open) => {
  let stage: PoolWorld
  let first: InstanceId
  let second: InstanceId

  beforeEach(async () => {
    stage = await aPoolWorld(await open())
    ;({ first, second } = stage)
  })
  afterEach(async () => {
    await stage.failover[Symbol.asyncDispose]()
    await stage.world.sender[Symbol.asyncDispose]()
  })

  /** While something is stuck: then the loop sleeps between its looks. */
  async function pass(ms: number): Promise<void> {
    const { clock } = stage.world
    const end = clock.now() + ms
    while (clock.now() < end) {
      await clock.sleepers()
      await clock.advance(Math.min(end - clock.now(), clock.sleepingMs[0] ?? 0))
    }
    await clock.advance(0)
  }

  /** Where it is, as soon as it is there. */
  const untilAt = (instanceId: InstanceId) =>
    vi.waitFor(async () => {
      const places = await stage.places()
      if (places[0] !== instanceId) throw new Error('it is not there yet')
      return places
    }, patience)

  async function reasons(): Promise<readonly string[]> {
    const rows = await stage.world.database.query
      .selectFrom('message')
      .select('moves')
      .orderBy('sequence')
      .execute()
    return rows.map(({ moves }) =>
      JSON.parse(moves ?? '[]').map((move: { why: string }) => move.why),
    )
  }

  it('stays for two seconds after its connection broke, and moves then', async () => {
    await stage.send('111111')
    stage.failover.start()
    stage.stand(first, 'lost')
    await pass(1_999)
    expect(await stage.places()).toEqual([first])
    await pass(1)
    expect(await untilAt(second)).toEqual([second])
    expect(await reasons()).toEqual([['disconnected']])
  })

  it('stays if the connection comes back in time, each time that it breaks', async () => {
    await stage.send('111111')
    stage.failover.start()
    for (let time = 0; time < 3; time += 1) {
      stage.stand(first, 'lost')
      await pass(1_500)
      stage.stand(first, 'open')
      await stage.world.clock.advance(1_500)
    }
    expect(await stage.places()).toEqual([first])
  })

  it('moves at once if a person has to do something before it connects', async () => {
    await stage.send('111111')
    stage.failover.start()
    stage.stand(first, 'gone')
    expect(await untilAt(second)).toEqual([second])
  })

  it('moves when it comes back from a send that its member had begun', async () => {
    await stage.send('111111')
    const set = (status: 'queued' | 'sending') =>
      stage.world.database.query.updateTable('message').set({ status }).execute()
    await set('sending')
    stage.failover.start()
    stage.stand(first, 'gone')
    await pass(1_000)
    expect(await stage.places()).toEqual([first])
    await set('queued')
    await pass(1_000)
    expect(await untilAt(second)).toEqual([second])
  })

  it('moves as soon if it was accepted while the connection was broken', async () => {
    await stage.send('111111')
    await stage.world.database.query.deleteFrom('message').execute()
    stage.failover.start()
    stage.stand(first, 'lost')
    await stage.world.clock.advance(1_000)
    await stage.send('222222')
    expect(await stage.places()).toEqual([first])
    await pass(1_000)
    expect(await untilAt(second)).toEqual([second])
  })

  it('waits where it is as long as no member is there, and moves to the first that is', async () => {
    stage.failover.start()
    stage.stand(first, 'gone')
    stage.stand(second, 'gone')
    await stage.send('111111')
    await pass(10_000)
    expect(await stage.places()).toEqual([first])
    stage.stand(second, 'open')
    expect(await untilAt(second)).toEqual([second])
  })

  it('moves if its member may start no conversation', async () => {
    await stage.send('111111')
    await restrict(first)
    expect(await stage.failover.step()).toBeUndefined()
    expect([await stage.places(), await reasons()]).toEqual([[second], [['restricted']]])
  })

  it('stays with a restricted member whom the person knows', async () => {
    await stage.send('111111')
    await restrict(first)
    await stage.world.database.transaction((transaction) =>
      stage.world.restrictions.met(first, { kind: 'person', phone: '5511999990001' }, transaction),
    )
    expect(await stage.failover.step()).toBeUndefined()
    expect(await stage.places()).toEqual([first])
  })

  it('is stuck if no member may write to the person', async () => {
    await stage.send('111111')
    await restrict(first)
    await restrict(second)
    expect(await stage.failover.step()).toBe(1_000)
    expect(await stage.places()).toEqual([first])
  })

  it('moves when its member leaves the pool', async () => {
    await stage.send('111111')
    await stage.pools.removeMember(stage.pool, first, by)
    expect(await stage.failover.step()).toBeUndefined()
    expect([await stage.places(), await reasons()]).toEqual([[second], [['removed']]])
  })

  it('moves when its member left just before the process ended', async () => {
    await stage.send('111111')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.restartedFailover().step()
    expect(await stage.places()).toEqual([second])
  })

  it('moves when its member left while the database failed', async () => {
    await stage.send('111111')
    await stage.pools.removeMember(stage.pool, first, by)
    const { database } = stage.world
    await database.query.schema.alterTable('pool_member').renameTo('elsewhere').execute()
    await expect(stage.failover.step()).rejects.toThrow('pool_member')
    await database.query.schema.alterTable('elsewhere').renameTo('pool_member').execute()
    await stage.failover.step()
    expect(await stage.places()).toEqual([second])
  })

  it('moves to one that joins later', async () => {
    await stage.pools.removeMember(stage.pool, second, by)
    stage.failover.start()
    stage.stand(first, 'gone')
    await stage.send('111111')
    await stage.world.clock.advance(5_000)
    expect(await stage.places()).toEqual([first])
    await stage.pools.setMember(stage.pool, second, 1, by)
    expect(await untilAt(second)).toEqual([second])
  })

  it('is left in peace when the pool is deleted', async () => {
    await stage.send('111111')
    await stage.pools.delete(stage.pool, by)
    stage.stand(first, 'gone')
    expect(await stage.failover.step()).toBeUndefined()
    expect(await stage.places()).toEqual([first])
  })

  async function restrict(instanceId: InstanceId): Promise<void> {
    const refused = { instanceId, recipient: { kind: 'person', phone: '5511900000000' } } as const
    await stage.world.database.transaction((transaction) =>
      stage.world.restrictions.refused(refused, { kind: 'locked' }, transaction),
    )
  }
})

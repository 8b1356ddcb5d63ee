import { type SqlBool, sql } from 'kysely'
import { afterEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { aPoolWorld, by, type PoolWorld } from '../../test/support/pool-world.js'

const patience = { timeout: 60_000, interval: 5 }

const log = () => undefined
const patienceMs = async () => undefined

eachDatabase('a pool', (open, dialect) => {
  let stage: PoolWorld

  afterEach(async () => {
    await stage.failover[Symbol.asyncDispose]()
    await stage.world.sender[Symbol.asyncDispose]()
  })

  it('gives a person to one member when several messages come at once', async () => {
    stage = await aPoolWorld(await open())
    await Promise.all(['111111', '222222', '333333', '444444'].map((code) => stage.send(code)))
    expect(new Set(await stage.places()).size).toBe(1)
    expect(await stage.places()).toHaveLength(4)
  })

  it('accepts nothing for a member that leaves after it was chosen', async () => {
    stage = await aPoolWorld(await open())
    const { world, pools, poolSends, pool, first, second } = stage
    const accept: typeof world.outbox.accept = async (...asked) => {
      await pools.removeMember(pool, first, by)
      return world.outbox.accept(...asked)
    }
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    await poolSends.accept(
      { accept, patienceMs },
      pool,
      { recipient, content: anOtp('111111') },
      {},
    )
    expect(await stage.places()).toEqual([second])
  })

  it('sends once, by the other member, what waits for one that is away', async () => {
    stage = await aPoolWorld(await open())
    const { world, first, second, pool } = stage
    stage.stand(first, 'gone')
    stage.stand(second, 'gone')
    await stage.send('111111')
    await world.sender.start()
    stage.failover.start()
    stage.stand(second, 'open')
    const told = () => world.events.filter(({ kind }) => kind === 'message.sent')
    await vi.waitFor(() => expect(told()).toHaveLength(1), patience)
    stage.stand(first, 'open')
    await world.clock.advance(5_000)
    expect(world.session.sends.map(({ instanceId }) => instanceId)).toEqual([second])
    expect(told()).toMatchObject([
      { instanceId: second, pool: { id: pool, moves: [{ from: first, to: second }] } },
    ])
  })

  it('moves the others when one message cannot be moved, and logs that once', async () => {
    let broken: string | undefined
    const breaks = ({ id }: { readonly id: string }) => id === broken
    const silent = { debug: log, info: log, warn: log, error: vi.fn<() => void>() }
    stage = await aPoolWorld(await open(), { breaks, log: silent })
    const { failover, first, second } = stage
    broken = (await stage.send('111111', '5511999990001')).id
    stage.stand(second, 'gone')
    await stage.send('222222', '5511999990002')
    stage.stand(second, 'open')
    stage.stand(first, 'gone')
    expect([await failover.step(), await failover.step()]).toEqual([1_000, 1_000])
    expect(await stage.places()).toEqual([first, second])
    expect(silent.error).toHaveBeenCalledTimes(1)
  })

  it('costs one read of an empty index where nothing waits for a pool', async () => {
    stage = await aPoolWorld(await open())
    const { database } = stage.world
    expect(await stage.failover.step()).toBeUndefined()
    if (dialect === 'postgres') return
    const plan = await database.query
      .selectFrom('message')
      .select('instance_id')
      .distinct()
      .where('pool_id', 'is not', null)
      .where(sql<SqlBool>`status in ('queued', 'sending', 'unknown')`)
      .explain(undefined, sql`query plan`)
    expect(JSON.stringify(plan)).toContain('message_waiting_in_pool')
  })
})

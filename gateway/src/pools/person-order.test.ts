/** The messages of a pool to one person leave in the order of acceptance, whichever members have them. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { aPoolWorld, by, type PoolWorld } from '../../test/support/pool-world.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { Move } from '../domain/pool.js'

const patience = { timeout: 60_000, interval: 5 }

eachDatabase('messages of a pool to one person', (open) => {
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

  const statuses = () =>
    stage.world.database.query
      .selectFrom('message')
      .select(['status', 'moves'])
      .orderBy('sequence')
      .execute()

  const whyMoved = async () =>
    (await statuses()).map(({ moves }) =>
      (JSON.parse(moves ?? '[]') as readonly Move[]).map(({ why }) => why),
    )
  /** Of the message that was accepted first. */
  const setFirst = (status: MessageStatus) =>
    stage.world.database.query
      .updateTable('message')
      .set({ status })
      .where('sequence', '=', (row) =>
        row.selectFrom('message as each').select((one) => one.fn.min('each.sequence').as('least')),
      )
      .execute()

  it('go along with the next one, when that finds their member away', async () => {
    await stage.send('111111')
    stage.stand(first, 'gone')
    await stage.send('222222')
    expect(await stage.places()).toEqual([second, second])
    await stage.world.sender.start()
    await vi.waitFor(() => expect(stage.world.session.texts).toHaveLength(2), patience)
    expect(stage.world.session.texts).toEqual(['111111', '222222'])
    expect(JSON.parse((await statuses())[0]?.moves ?? '[]')).toMatchObject([
      { from: first, to: second, why: 'disconnected' },
    ])
  })

  it('go along with the next one, when their member has left the pool', async () => {
    await stage.send('111111')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.send('222222')
    expect(await stage.places()).toEqual([second, second])
  })

  it('are not taken to a member that was refused one of them', async () => {
    await stage.send('111111')
    stage.world.session.answerNext({ kind: 'refused', code: 463 })
    await stage.world.sender.start()
    await vi.waitFor(() => expect(stage.world.session.sends.length).toBeGreaterThan(0), patience)
    await vi.waitFor(async () => expect(await stage.places()).toEqual([second]), patience)
    await vi.waitFor(() => expect(stage.world.session.sends).toHaveLength(2), patience)
    await stage.world.database.query
      .updateTable('message')
      .set({ status: 'queued', content_sealed: Buffer.alloc(0) })
      .execute()
    stage.stand(second, 'gone')
    await stage.send('222222')
    expect(await stage.places()).toEqual([second, second])
    expect(await stage.failover.step()).toBe(1_000)
    expect(await stage.places()).toEqual([second, second])
  })

  it('keep their member when the one that was to move had ended', async () => {
    await stage.send('111111')
    const { sender, waiting } = stage.world
    const [message] = await sender.moves.movable(first, 0, 1)
    if (message === undefined) throw new Error('nothing waits')
    await waiting.cancelAll(first)
    stage.stand(first, 'gone')
    expect(await sender.moves.move(message, 'disconnected')).toBe(false)
    stage.stand(first, 'open')
    await stage.send('222222')
    expect((await stage.places()).at(-1)).toBe(first)
  })

  it('follow their person to its new member when they come back from a send, and say so', async () => {
    await stage.send('111111')
    await setFirst('sending')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.send('222222')
    expect(await stage.places()).toEqual([first, second])
    await setFirst('queued')
    await stage.pools.setMember(stage.pool, first, 1, by)
    await stage.send('333333')
    expect(await stage.places()).toEqual([second, second, second])
    expect(await whyMoved()).toEqual([['order'], [], []])
  })

  it('follow their person if a second copy is allowed, and say that nothing else is the cause', async () => {
    await stage.send('111111', undefined, 'resend-elsewhere')
    await setFirst('sending')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.send('222222')
    await setFirst('unknown')
    await stage.pools.setMember(stage.pool, first, 1, by)
    await stage.send('333333')
    expect(await stage.places()).toEqual([second, second, second])
    expect(await whyMoved()).toEqual([['unknown'], [], []])
  })

  it('stay with the new member of their person while an old one, who is back, ends a send', async () => {
    await stage.send('111111')
    await setFirst('sending')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.send('222222')
    await stage.pools.setMember(stage.pool, first, 1, by)
    await stage.send('333333')
    expect(await stage.places()).toEqual([first, second, second])
    expect(await whyMoved()).toEqual([[], [], []])
  })

  it('wait behind the one that an old member, who is back, is sending, once nothing waits at the new one', async () => {
    await stage.send('111111')
    await setFirst('sending')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.send('222222')
    await stage.world.waiting.cancelAll(second)
    await stage.pools.setMember(stage.pool, first, 1, by)
    await stage.send('333333')
    expect(await stage.places()).toEqual([first, second, first])
  })

  it('wait for no member that has left the pool while it was sending, once a next one comes', async () => {
    await stage.send('111111')
    await stage.send('222222')
    await setFirst('sending')
    await stage.pools.removeMember(stage.pool, first, by)
    await stage.failover.step()
    expect(await stage.places()).toEqual([first, first])
    await stage.send('333333')
    expect(await stage.places()).toEqual([first, second, second])
    expect(await whyMoved()).toEqual([[], ['removed'], []])
  })

  it('stay together while one of them is being sent', async () => {
    await stage.send('111111')
    await stage.send('222222')
    await setFirst('sending')
    stage.stand(first, 'gone')
    await stage.failover.step()
    await stage.send('333333')
    expect(await stage.places()).toEqual([first, first, first])
  })
})

/** A member of a pool that has reached a limit of its own. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { aPoolWorld, type PoolWorld } from '../../test/support/pool-world.js'
import { text } from '../domain/content/text.js'

const [ana, bia] = ['5511999990001', '5511999990002']

eachDatabase('a member that is full', (openDatabase) => {
  let members: PoolWorld

  beforeEach(async () => {
    members = await aPoolWorld(await openDatabase())
  })
  afterEach(() => members.world.sender[Symbol.asyncDispose]())

  const say = (phone: string) => {
    const { poolSends, world, pool } = members
    const submission = { recipient: { kind: 'person', phone }, content: text('offer') } as const
    return poolSends.accept(world.outbox, pool, submission, {})
  }
  /** The first member has sent what it may today. */
  const fill = async () => {
    const { world, first } = members
    world.limit(first, { dailyMessages: 1 })
    await world.database.query
      .updateTable('message')
      .set({ counted_at: world.clock.now(), status: 'sent' })
      .where('instance_id', '=', first)
      .execute()
  }

  it('is given no texts, also for the people that it writes to, and goes on with codes', async () => {
    const { first, second } = members
    await say(ana)
    await fill()
    await say(ana)
    await say(bia)
    expect(await members.places()).toEqual([first, second, second])
    members.world.limit(second, { dailyMessages: 1 })
    await members.send('123456', bia)
    expect((await members.places()).at(-1)).toBe(second)
  })

  it('hands on what waits for it, and that says why', async () => {
    const { first, second, failover, world } = members
    await say(ana)
    world.limit(first, { dailyMessages: 1 })
    expect(await failover.step()).toBeUndefined()
    expect(await members.places()).toEqual([first])
    const sentBefore = { sent_at: world.clock.now(), counted_at: world.clock.now() }
    await say(ana)
    await world.database.query
      .updateTable('message')
      .set({ ...sentBefore, status: 'sent' })
      .where('sequence', '=', (row) =>
        row.selectFrom('message as each').select((all) => all.fn.min('each.sequence').as('first')),
      )
      .execute()
    expect(await failover.step()).toBeUndefined()
    expect(await members.places()).toEqual([first, second])
    const { moves } = await world.database.query
      .selectFrom('message')
      .select('moves')
      .where('moves', 'is not', null)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(moves ?? '')).toMatchObject([{ from: first, to: second, why: 'full' }])
  })

  it('keeps it until tomorrow where no other member has room', async () => {
    const { first, second, failover, world } = members
    await say(ana)
    world.limit(second, { dailyMessages: 1, quietFrom: '', warmUp: true })
    await world.database.query
      .updateTable('message')
      .set({ counted_at: world.clock.now(), instance_id: second, status: 'sent' })
      .execute()
    await say(bia)
    await fill()
    await say(bia)
    // The first look asks for members that left, too.
    await failover.step()
    expect(await failover.step()).toBe(30_000)
    expect((await members.places()).slice(1)).toEqual([first, first])
  })
})

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import { PoolMessages } from './pool-messages.js'

eachDatabase('the messages of a pool', (open) => {
  let database: Database
  let world: OutboxWorld
  let pool: InstanceId
  let first: InstanceId
  let second: InstanceId
  let messages: PoolMessages

  beforeEach(async () => {
    database = await open()
    world = anOutboxWorld(database, {
      clock: new ManualClock(undefined, () => database.transaction(async () => {})),
      members: { takeOver: async (_messages, move) => move(second), held() {} },
    })
    pool = await world.anInstance('closed')
    first = await world.anInstance('closed')
    second = await world.anInstance('closed')
    messages = new PoolMessages({ database })
  })

  const accept = (n: number, priority: Priority, to: InstanceId | undefined = pool) =>
    world.outbox.accept(first, {
      recipient: { kind: 'person', phone: `551199999000${n}` },
      content: anOtp('123456'),
      priority,
      ...(to && { pool: { id: to, onUnknown: 'wait' } }),
    })

  const moveAll = async () => {
    for (const message of await world.sender.moves.movable(first, 0, 100))
      await world.sender.moves.move(message, 'disconnected')
  }

  it('are counted by priority, whichever member has them, and no others', async () => {
    for (const [n, priority] of (['high', 'high', 'normal', 'low'] as const).entries())
      await accept(n, priority)
    await moveAll()
    await accept(5, 'low')
    await world.outbox.accept(first, {
      recipient: { kind: 'person', phone: '5511999990006' },
      content: anOtp('123456'),
    })
    expect(await messages.waiting(pool)).toEqual({ high: 2, normal: 1, low: 2 })
    expect(await messages.waiting(second)).toEqual({ high: 0, normal: 0, low: 0 })
  })

  it('are listed once they changed member, the newest first and page by page', async () => {
    const ids: string[] = []
    for (const n of [1, 2, 3]) ids.push((await accept(n, 'high')).id)
    await moveAll()
    await accept(4, 'high')
    const [newest, ...others] = await messages.moved(pool, { limit: 2 })
    expect(newest).toMatchObject({
      id: ids[2],
      instanceId: second,
      status: 'queued',
      moves: [{ from: first, to: second, why: 'disconnected' }],
    })
    expect(others.map(({ id }) => id)).toEqual([ids[1]])
    const rest = await messages.moved(pool, { before: others[0]?.place, limit: 2 })
    expect(rest.map(({ id }) => id)).toEqual([ids[0]])
    expect(await messages.moved(second, { limit: 2 })).toEqual([])
  })
})

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { MessageStatus } from '../../domain/message-status.js'
import { DoneMessages } from './done-messages.js'

const monthMs = 30 * 24 * 3_600_000

eachDatabase('messages that are done', (open) => {
  let world: OutboxWorld
  let done: DoneMessages

  beforeEach(async () => {
    world = anOutboxWorld(await open())
    done = new DoneMessages(world)
  })

  /** A message accepted now, in the state that it came to. */
  async function aMessage(status: MessageStatus, sentAt: number | null = null): Promise<string> {
    const recipient = { kind: 'person', phone: '5511999990001' } as const
    const instanceId = await world.anInstance('closed')
    const { id } = await world.outbox.accept(instanceId, { recipient, content: anOtp() })
    await world.database.query
      .updateTable('message')
      .set({ status, sent_at: sentAt })
      .where('id', '=', id)
      .execute()
    return id
  }

  const kept = async () =>
    (await world.database.query.selectFrom('message').select('id').execute()).map(({ id }) => id)

  it('are forgotten after a month, however they ended', async () => {
    const now = world.clock.now()
    for (const status of ['failed', 'expired'] as const) await aMessage(status)
    for (const status of ['sent', 'delivered', 'read', 'played'] as const)
      await aMessage(status, now)
    await world.clock.advance(monthMs - 1)
    expect(await done.purge()).toBe(0)
    await world.clock.advance(1)
    expect(await done.purge()).toBe(6)
    expect(await kept()).toEqual([])
  })

  it('count from their send when they waited for long', async () => {
    const id = await aMessage('sent', world.clock.now() + monthMs)
    await world.clock.advance(monthMs)
    expect(await done.purge()).toBe(0)
    expect(await kept()).toEqual([id])
    await world.clock.advance(monthMs)
    expect(await done.purge()).toBe(1)
  })

  it('are not confused with those that still wait', async () => {
    const waiting = [await aMessage('queued'), await aMessage('sending'), await aMessage('unknown')]
    await world.clock.advance(2 * monthMs)
    expect(await done.purge()).toBe(0)
    expect((await kept()).toSorted()).toEqual(waiting.toSorted())
  })
})

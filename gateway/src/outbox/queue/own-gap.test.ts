/** The gap of one number may be changed while its queue runs. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'

eachDatabase('a gap that is changed', (openDatabase) => {
  const policy = { minGapMs: 1_000, maxGapMs: 1_000 }
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    Object.assign(policy, { minGapMs: 1_000, maxGapMs: 1_000 })
    world = anOutboxWorld(database, { clock, policy })
    instanceId = await world.anInstance()
    await world.sender.start()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const send = (phone: string, body: string) =>
    world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone },
      content: text(body),
    })
  const shown = (texts: readonly string[]) =>
    vi.waitFor(
      async () => {
        await world.clock.advance(0)
        expect(world.session.texts).toEqual(texts)
      },
      { timeout: 60_000, interval: 2 },
    )

  it('counts from the next message that leaves', async () => {
    await send('5511999990001', 'one')
    await shown(['one'])
    Object.assign(policy, { minGapMs: 20_000, maxGapMs: 20_000 })
    await send('5511999990002', 'two')
    await world.clock.advance(999)
    expect(world.session.texts).toEqual(['one'])
    await world.clock.advance(1)
    await shown(['one', 'two'])
    await send('5511999990003', 'three')
    await world.clock.advance(19_999)
    expect(world.session.texts).toEqual(['one', 'two'])
    await world.clock.advance(1)
    await shown(['one', 'two', 'three'])
  })
})

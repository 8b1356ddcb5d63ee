/** How long a new message would wait: asked of the queue as it stands. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'
import { priorities } from '../../domain/priority.js'
import type { Submission } from '../submission.js'

const gapMs = 2_000
const patience = { timeout: 60_000, interval: 2 }

eachDatabase('the expected wait', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  let count = 0

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: gapMs, maxGapMs: gapMs } })
    instanceId = await world.anInstance('closed')
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (content: Submission['content'], priority?: Submission['priority']) => {
    count += 1
    const phone = String(5_511_888_880_000 + count)
    const submission = { recipient: { kind: 'person', phone }, content, priority } as const
    return world.outbox.accept(instanceId, submission)
  }
  const waits = () =>
    Promise.all(priorities.map((each) => world.sender.expectedWait(instanceId, each)))

  it('is not known while the instance is disconnected', async () => {
    expect(await waits()).toEqual([undefined, undefined, undefined])
  })

  it('is nothing in an empty queue, and a gap for each message that leaves before', async () => {
    world.session.open(instanceId)
    expect(await waits()).toEqual([0, 0, 0])
    await accept(anOtp())
    await accept(text('normal'))
    await accept(text('normal'))
    await accept(text('low'), 'low')
    expect(await waits()).toEqual([gapMs, 3 * gapMs, 4 * gapMs])
  })

  it('follows what leaves, what is cancelled and what becomes more urgent', async () => {
    await accept(text('normal'))
    const { id } = await accept(text('normal'))
    await accept(text('low'), 'low')
    world.session.open(instanceId)
    expect(await waits()).toEqual([0, 2 * gapMs, 3 * gapMs])
    await world.waiting.cancel(instanceId, id)
    expect(await waits()).toEqual([0, gapMs, 2 * gapMs])
    count -= 1
    await accept(anOtp())
    expect(await waits()).toEqual([2 * gapMs, 3 * gapMs, 3 * gapMs])
    await world.sender.start()
    await vi.waitFor(async () => {
      await world.clock.advance(gapMs)
      expect(world.session.sends).toHaveLength(3)
      expect(await waits()).toEqual([0, 0, 0])
    }, patience)
  })

  it('counts what is left of the gap after the last send', async () => {
    world.session.open(instanceId)
    await world.sender.start()
    await accept(anOtp())
    await vi.waitFor(async () => expect(await waits()).toEqual([gapMs, gapMs, gapMs]), patience)
    await world.clock.advance(gapMs / 2)
    expect(await waits()).toEqual([gapMs / 2, gapMs / 2, gapMs / 2])
  })
})

/** When what waits is expected to leave. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { patience } from '../../../test/support/patience.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Submission } from '../submission.js'

const noon = Date.UTC(2026, 0, 5, 12)
const midnight = Date.UTC(2026, 0, 6)
const dayMs = 24 * 3_600_000

eachDatabase('a message that waits', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(noon, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: 1_000, maxGapMs: 1_000 } })
    instanceId = await world.anInstance()
    await world.sender.start()
    world.limit(instanceId, { dailyMessages: 1, timeZone: 'UTC' })
    await accept(text('first'))
    const isSent = () => world.events.some(({ kind }) => kind === 'message.sent')
    await vi.waitUntil(isSent, patience)
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = async (
    content: Submission['content'],
    phone = '5511999990001',
    expiresInSeconds?: number,
  ) => {
    const submission = { recipient: { kind: 'person', phone }, content, expiresInSeconds } as const
    return (await world.outbox.accept(instanceId, submission)).id
  }
  const moments = async () => {
    const { messages } = await world.waiting.page(instanceId, { limit: 9 })
    return messages.map(({ expectedAt }) => expectedAt)
  }

  it('leaves after the rest that is due, and by the limits, which a code does not use up', async () => {
    await accept(text('second'))
    await accept(text('third'))
    expect(await moments()).toEqual([midnight, midnight + dayMs])
    const code = await accept(anOtp(), '5511999990002')
    expect(await moments()).toEqual([noon + 1_000, midnight, midnight + dayMs])
    await world.database.query
      .updateTable('message')
      .set({ status: 'sending' })
      .where('id', '=', code)
      .execute()
    expect((await moments())[0]).toBe(noon)
  })
  it('leaves behind codes that use the limits up too, if they do', async () => {
    world.limit(instanceId, { dailyMessages: 1, timeZone: 'UTC', limitCodes: true })
    await accept(anOtp(), '5511999990002', 86_400)
    await accept(text('second'))
    expect(await moments()).toEqual([midnight, midnight + dayMs])
  })
})

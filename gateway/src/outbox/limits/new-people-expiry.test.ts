/** A message that would expire before a new person may be written to is refused. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { patience } from '../../../test/support/patience.js'
import { text } from '../../domain/content/text.js'
import { WouldExpireError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Recipient } from '../../domain/chat.js'

const noon = Date.UTC(2026, 0, 5, 12)
const ana = { kind: 'person', phone: '5511999990001' } as const
const anaByLid = { kind: 'lid', lid: '77' } as const
const bia = { kind: 'person', phone: '5511999990002' } as const

eachDatabase('where one new person a day may be written to', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(noon, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: 0, maxGapMs: 0 } })
    instanceId = await world.anInstance()
    await world.sender.start()
    world.limit(instanceId, { dailyNewPeople: 1, timeZone: 'UTC' })
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (recipient: Recipient) =>
    world.outbox.accept(instanceId, {
      recipient,
      content: text('Oi'),
      expiresInSeconds: 60,
      // What expires soon is urgent otherwise, and urgent messages have no limit.
      priority: 'normal',
    })
  const left = (howMany: number) =>
    vi.waitFor(() => expect(world.session.sends).toHaveLength(howMany), patience)

  it('a second one is refused, and the first one hears more', async () => {
    await accept(ana)
    await left(1)
    await expect(accept(bia)).rejects.toThrow(WouldExpireError)
    await accept(ana)
    await left(2)
  })

  it('one who is written to by LID and then by number is one person', async () => {
    world.session.answerNext({ kind: 'unknown', cause: new Error('no ack') })
    await accept(anaByLid)
    await left(1)
    await world.people.learn(instanceId, [{ ...ana, ...anaByLid }])
    await accept(ana)
    await expect(accept(bia)).rejects.toThrow(WouldExpireError)
  })
})

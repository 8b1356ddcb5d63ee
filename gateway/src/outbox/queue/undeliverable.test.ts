/** A code that is not sent yet is told once, within its life. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Submission } from '../submission.js'
import { undeliverableAt } from './undeliverable.js'

const patience = { timeout: 60_000, interval: 2 }
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('a code that is not sent yet', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock })
    instanceId = await world.anInstance('closed')
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (content: Submission['content'] = anOtp(), expiresInSeconds?: number) =>
    world.outbox.accept(instanceId, { recipient, content, expiresInSeconds })
  const told = () =>
    world.events.flatMap((event) => (event.kind === 'message.undeliverable' ? [event] : []))
  const isTold = (howMany = 1) => vi.waitFor(() => expect(told()).toHaveLength(howMany), patience)

  it('is told after 20 seconds, once, and goes on waiting', async () => {
    const { id, acceptedAt } = await accept()
    await world.clock.advance(19_000)
    expect(told()).toEqual([])
    await world.clock.advance(1_000)
    await isTold()
    expect(told()).toMatchObject([
      { messageId: id, acceptedAt, expiresAt: acceptedAt + 600_000, mayHaveArrived: false },
    ])
    await world.clock.advance(60_000)
    await accept()
    await world.clock.advance(20_000)
    await isTold(2)
    expect(await world.waiting.count(instanceId)).toBe(2)
  })

  it('is told by the next process, where the first one died', async () => {
    await accept()
    await world.sender[Symbol.asyncDispose]()
    await world.restarted().start()
    await world.clock.advance(20_000)
    await isTold()
    await world.sender[Symbol.asyncDispose]()
    await world.restarted().start()
    await world.clock.advance(60_000)
    expect(told()).toHaveLength(1)
  })

  it('is not told when it was sent, or ended, in time', async () => {
    const { id } = await accept(anOtp(), 3_600)
    await world.waiting.cancel(instanceId, id)
    world.connect(instanceId)
    await accept()
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(1), patience)
    await world.clock.advance(60_000)
    expect(told()).toEqual([])
  })

  it('is told with a doubt when it was sent and not confirmed', async () => {
    world.session.answerNext({ kind: 'unknown', cause: 'no ack' })
    world.connect(instanceId)
    await accept()
    await vi.waitFor(() => expect(world.session.sends).toHaveLength(1), patience)
    world.session.close(instanceId)
    await vi.waitFor(async () => {
      await world.clock.advance(1_000)
      expect(told()).toMatchObject([{ mayHaveArrived: true }])
    }, patience)
  })

  it('is not told of a text without expiry', async () => {
    await accept(text('Oi'))
    await world.clock.advance(60_000)
    expect(told()).toEqual([])
  })
})

describe('the moment', () => {
  const code = { acceptedAt: 1_000, expiresAt: 61_000, priority: 'high' } as const

  it('comes so long after it was accepted', () => {
    expect(undeliverableAt(code, 20_000)).toBe(21_000)
  })

  it('never comes where it is turned off, for what expires first, or is not urgent', () => {
    expect(undeliverableAt(code, 0)).toBeUndefined()
    expect(undeliverableAt(code, 60_000)).toBeUndefined()
    expect(undeliverableAt({ ...code, expiresAt: undefined }, 20_000)).toBeUndefined()
    expect(undeliverableAt({ ...code, priority: 'low' }, 20_000)).toBeUndefined()
  })
})

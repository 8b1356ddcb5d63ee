/** How messages end unsent, and what the number learns of it. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { EventLog } from '../../test/support/event-log.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { anOtp } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import type { InstanceId } from '../domain/instance.js'
import type { Submission } from './submission.js'

const patience = { timeout: 60_000, interval: 5 }
const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('messages that end unsent', (open) => {
  let world: OutboxWorld
  let log: EventLog
  let instanceId: InstanceId
  let other: InstanceId

  beforeEach(async () => {
    const database = await open()
    log = new EventLog()
    world = anOutboxWorld(database, {
      log,
      clock: new ManualClock(undefined, () => database.transaction(async () => {})),
      policy: { minGapMs: 0, maxGapMs: 0 },
      members: { takeOver: (_messages, move) => move(other), held() {} },
    })
    instanceId = await world.anInstance('closed')
    other = await world.anInstance('closed')
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (more: Partial<Submission> = {}) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp(), ...more })
  const failed = () =>
    world.events.flatMap((event) => (event.kind === 'message.failed' ? [event] : []))
  const ends = (count: number) => vi.waitFor(() => expect(failed()).toHaveLength(count), patience)

  it('expire all at one moment, however many they are', async () => {
    for (let index = 0; index < 101; index += 1) await accept()
    await world.clock.advance(600_000)
    await world.sender.start()
    await ends(101)
    expect(new Set(failed().map(({ reason }) => reason))).toEqual(new Set(['expired']))
  })

  it('expire as unconfirmed if they may have arrived', async () => {
    await accept()
    await world.database.query.updateTable('message').set({ status: 'unknown' }).execute()
    await world.clock.advance(600_000)
    await world.sender.start()
    await ends(1)
    expect(failed()).toMatchObject([{ reason: 'unconfirmed' }])
  })

  it('are logged as a warning, unless their caller took them back', async () => {
    const { id } = await accept()
    await world.waiting.cancel(instanceId, id)
    await world.sender.start()
    expect(log.lines.map(({ event }) => event)).toEqual(['message-cancelled'])
    world.session.answerNext({ kind: 'no-such-recipient' })
    world.connect(instanceId)
    await accept()
    await log.until('message-failed')
    expect(log.count('message-cancelled')).toBe(1)
    expect(log.count('message-failed')).toBe(1)
  })

  it.each([
    [463, true],
    [400, false],
  ])('twice for refusal %i bar the number from new chats: %s', async (code, isBarred) => {
    await world.sender.start()
    world.connect(instanceId)
    for (const [index, phone] of ['5511999990001', '5511999990002'].entries()) {
      world.session.answerNext({ kind: 'refused', code })
      await accept({ recipient: { kind: 'person', phone } })
      await log.until('message-failed', index + 1)
    }
    expect((await world.restrictions.until(instanceId)) !== undefined).toBe(isBarred)
  })

  it('or go to another member, bar the number from new chats as WhatsApp says', async () => {
    world.session.answerNext({ kind: 'refused', code: 463, newChats: { kind: 'locked' } })
    await world.sender.start()
    world.connect(instanceId)
    await accept({ pool: { id: await world.anInstance('closed'), onUnknown: 'wait' } })
    await log.until('message-moved')
    expect(await world.restrictions.until(instanceId)).toBeDefined()
  })

  it.each([
    ['end', 'message-failed', undefined],
    ['go to another member', 'message-moved', 'wait'],
  ] as const)(
    'are no refusals by WhatsApp if our own bar makes them %s',
    async (_, event, onUnknown) => {
      const until = world.clock.now() + 60_000
      world.session.answerNext({ kind: 'refused', code: 463, newChats: { kind: 'locked', until } })
      const id = await world.anInstance('closed')
      const pool = onUnknown && { id, onUnknown }
      await accept({ pool: { id, onUnknown: 'wait' } })
      for (const phone of ['5511999990002', '5511999990003'])
        await accept({ recipient: { kind: 'person', phone }, pool })
      world.connect(instanceId)
      await world.sender.start()
      await log.until('message-moved')
      await log.until(event, pool === undefined ? 2 : 3)
      expect(await world.restrictions.until(instanceId)).toBe(until)
      expect(log.count('instance-restricted')).toBe(1)
      expect(world.session.sends).toHaveLength(1)
    },
  )
})

/** The gap that a caller asks for holds over the end of the process, whatever else was on the wire. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { text } from '../../domain/content/text.js'
import type { InstanceId } from '../../domain/instance.js'

const answeredAfterMs = 10_000
const gapAfterMs = 15_000

eachDatabase('a gap that a caller asked for', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: 0, maxGapMs: 0 } })
    instanceId = await world.anInstance()
    await world.sender.start()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const send = (phone: string, body: string, gap?: number) =>
    world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone },
      content: text(body),
      gapAfterMs: gap,
    })
  const shown = (texts: readonly string[]) =>
    vi.waitFor(
      async () => {
        await world.clock.advance(0)
        expect(world.session.texts).toEqual(texts)
      },
      { timeout: 60_000, interval: 2 },
    )

  it('counts from its message, when the answer to an earlier one came later', async () => {
    const { clock, session } = world
    session.answerNext(() => ({
      kind: 'written',
      acknowledged: clock
        .sleep(answeredAfterMs)
        .then(() => ({ kind: 'refused', code: 400 }) as const),
    }))
    await send('5511999990001', 'answered late')
    await shown(['answered late'])
    await send('5511999990002', 'with a gap', gapAfterMs)
    await shown(['answered late', 'with a gap'])
    await clock.advance(answeredAfterMs)
    const isAnswered = () => world.events.some(({ kind }) => kind === 'message.failed')
    await vi.waitFor(() => expect(isAnswered()).toBe(true), { timeout: 60_000 })
    await world.sender[Symbol.asyncDispose]()
    await world.restarted().start()
    await send('5511999990003', 'next')
    await clock.advance(gapAfterMs - answeredAfterMs - 1)
    expect(session.texts).toHaveLength(2)
    await clock.advance(1)
    await shown(['answered late', 'with a gap', 'next'])
  })
})

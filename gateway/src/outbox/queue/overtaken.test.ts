/** A message that a pool moves comes before later ones of its chat that its new member knows already. */

import { afterEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'

const patience = { timeout: 60_000, interval: 5 }
const [ana, bia] = ['5511999990001', '5511999990002']

eachDatabase('a message that is moved leaves before a later one of its chat', (open) => {
  let world: OutboxWorld
  let first: InstanceId
  let second: InstanceId
  let pool: InstanceId

  async function begin(gapMs: number): Promise<void> {
    const database = await open()
    world = anOutboxWorld(database, {
      clock: new ManualClock(undefined, () => database.transaction(async () => {})),
      policy: { minGapMs: gapMs, maxGapMs: gapMs },
      members: { takeOver: (_messages, moveTo) => moveTo(second), held: () => undefined },
    })
    pool = await world.anInstance('closed')
    first = await world.anInstance('closed')
    second = await world.anInstance()
    await world.sender.start()
    await accept(first, ana, '111111')
  }
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (member: InstanceId, phone: string, code: string) =>
    world.outbox.accept(member, {
      recipient: { kind: 'person', phone },
      content: anOtp(code),
      pool: { id: pool, onUnknown: 'wait' },
    })

  async function move(): Promise<void> {
    for (const message of await world.sender.moves.movable(first, 0, 100))
      await world.sender.moves.move(message, 'disconnected')
    await world.clock.advance(0)
  }

  async function untilBothAreSent(): Promise<void> {
    await world.clock.advance(10_000)
    await vi.waitFor(() => expect(world.session.texts).toContain('222222'), patience)
    await vi.waitFor(() => expect(world.session.texts).toContain('111111'), patience)
  }

  it('that the member prepares', async () => {
    await begin(0)
    let prepared: ((result: undefined) => void) | undefined
    const lookUp = new Promise<undefined>((resolve) => {
      prepared = resolve
    })
    world.session.lookUps.set(ana, lookUp)
    await accept(second, ana, '222222')
    await world.clock.advance(0)
    await move()
    prepared?.(undefined)
    await untilBothAreSent()
    expect(world.session.texts).toEqual(['111111', '222222'])
  })

  it('that waits for the gap of the member', async () => {
    await begin(5_000)
    await accept(second, bia, '000000')
    await world.clock.advance(0)
    await accept(second, ana, '222222')
    await world.clock.advance(1_000)
    await move()
    await untilBothAreSent()
    expect(world.session.texts).toEqual(['000000', '111111', '222222'])
  })
})

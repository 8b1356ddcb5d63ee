/** How long codes live and when they are told as not sent, where an instance chooses it. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import {
  anOutboxWorld,
  type OutboxWorld,
  type WorldOptions,
} from '../../../test/support/outbox-world.js'
import type { Database } from '../../db/database.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('an instance that chooses the times of its codes', (openDatabase) => {
  let database: Database
  let world: OutboxWorld

  beforeEach(async () => {
    database = await openDatabase()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const acceptWith = async (options: WorldOptions, expiresInSeconds?: number) => {
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, ...options })
    const instanceId = await world.anInstance('closed')
    await world.sender.start()
    return world.outbox.accept(instanceId, { recipient, content: anOtp(), expiresInSeconds })
  }
  const told = () =>
    world.events.flatMap((event) => (event.kind === 'message.undeliverable' ? [event] : []))

  it('hears of one that is not sent after its own seconds, which lives as long as it says', async () => {
    const { acceptedAt } = await acceptWith({
      codeLifeSeconds: () => 60,
      undeliverableAfterSeconds: 5,
    })
    await world.clock.advance(10_000)
    await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 60_000 })
    expect(told()).toMatchObject([{ expiresAt: acceptedAt + 60_000 }])
  })

  it('hears of none if it says so', async () => {
    await acceptWith({ undeliverableAfterSeconds: 0 })
    await world.clock.advance(60_000)
    expect(told()).toEqual([])
  })

  it('lets the caller of a code say how long that one lives', async () => {
    const { acceptedAt } = await acceptWith({ codeLifeSeconds: () => 60 }, 3_600)
    await world.clock.advance(30_000)
    await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 60_000 })
    expect(told()).toMatchObject([{ expiresAt: acceptedAt + 3_600_000 }])
  })
})

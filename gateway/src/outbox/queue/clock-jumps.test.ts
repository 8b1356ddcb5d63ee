import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import type { InstanceId } from '../../domain/instance.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const
const hourMs = 3_600_000

eachDatabase('a clock that is set', (open) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await open()
    // Time moves on when the database has answered.
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock })
    instanceId = await world.anInstance()
    await world.sender.start()
    onTestFinished(() => world.sender[Symbol.asyncDispose]())
  })

  const accept = (code: string) =>
    world.outbox.accept(instanceId, { recipient, content: anOtp(code) })

  /** Time passes until so many were sent, or for a minute. */
  async function untilSent(count: number): Promise<void> {
    for (let second = 0; second < 60 && world.session.sends.length < count; second += 1) {
      await world.clock.advance(1_000)
      await world.database.query.selectFrom('message').select('id').execute()
    }
  }

  it('an hour back delays no message by an hour', async () => {
    await accept('111111')
    await untilSent(1)
    await accept('222222')
    await world.clock.sleepers(2)
    world.clock.jump(-hourMs)
    await untilSent(2)
    expect(world.session.texts).toEqual(['111111', '222222'])
  })

  it('an hour forward sends nothing whose time is over by it, and all that comes after', async () => {
    world.session.close(instanceId)
    await accept('111111')
    world.clock.jump(hourMs)
    world.connect(instanceId)
    await accept('222222')
    await untilSent(1)
    expect(world.session.texts).toEqual(['222222'])
    expect(world.events).toContainEqual(
      expect.objectContaining({ kind: 'message.failed', reason: 'expired' }),
    )
  })
})

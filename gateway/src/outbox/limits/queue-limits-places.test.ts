import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { NotConnectedError, OutboxFullError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

eachDatabase('the messages that wait', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { maxWaiting: 3 })
    instanceId = await world.anInstance('closed')
  })

  const accept = (to = instanceId) =>
    world.outbox.accept(to, { recipient, content: anOtp('845201') })
  const acceptMany = (count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => accept()))

  it('are bounded while the instance is disconnected, each instance by itself', async () => {
    for (let count = 0; count < 3; count += 1) await accept()
    await expect(accept()).rejects.toThrow(OutboxFullError)
    await accept(await world.anInstance('closed'))
  })

  it('are not bounded while the instance is connected', async () => {
    world.session.open(instanceId)
    for (let count = 0; count < 4; count += 1) await accept()
    world.session.close(instanceId)
    await expect(accept()).rejects.toThrow(OutboxFullError)
  })

  it('are bounded for callers at the same moment, and what was refused takes no place', async () => {
    const first = await acceptMany(8)
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    await world.waiting.cancelAll(instanceId)
    for (let count = 0; count < 3; count += 1) await accept()
    await expect(accept()).rejects.toThrow(OutboxFullError)
  })

  it('are none where the instance refuses them while it is disconnected', async () => {
    world = anOutboxWorld(world.database, { refuseWhileDisconnected: true })
    await expect(accept()).rejects.toThrow(NotConnectedError)
    world.session.open(instanceId)
    await accept()
  })
})

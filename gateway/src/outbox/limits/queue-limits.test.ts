import { beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { DiskNearlyFullError, WaitingBytesError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const
const maxWaitingBytes = 10_000

eachDatabase('The bytes that wait', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    world = anOutboxWorld(await openDatabase(), { maxWaitingBytes })
    instanceId = await world.anInstance('closed')
  })

  const accept = (bytes: number, to = instanceId, idempotencyKey?: string) => {
    const image = { kind: 'base64', base64: 'A'.repeat(bytes) } as const
    return world.outbox.accept(
      to,
      { recipient, content: { ...anOtp('845201'), image } },
      { idempotencyKey },
    )
  }

  it('are bounded for each instance by itself', async () => {
    for (let count = 0; count < 3; count += 1) await accept(3_000)
    await expect(accept(3_000)).rejects.toThrow(WaitingBytesError)
    await accept(100)
    await accept(3_000, await world.anInstance('closed'))
  })

  it('are bounded while the instance is connected, too', async () => {
    const open = await world.anInstance()
    for (let count = 0; count < 3; count += 1) await accept(3_000, open)
    await expect(accept(3_000, open)).rejects.toThrow(WaitingBytesError)
  })

  it('make room when messages are deleted or sent', async () => {
    for (let count = 0; count < 3; count += 1) await accept(3_000)
    await expect(accept(3_000)).rejects.toThrow(WaitingBytesError)
    await world.waiting.cancelAll(instanceId)
    for (let count = 0; count < 3; count += 1) await accept(3_000)
    await expect(accept(3_000)).rejects.toThrow(WaitingBytesError)
  })

  it('are known again after a restart', async () => {
    for (let count = 0; count < 3; count += 1) await accept(3_000)
    world = anOutboxWorld(await openDatabase.again(), { maxWaitingBytes })
    await expect(accept(3_000)).rejects.toThrow(WaitingBytesError)
  })

  it('are bounded for callers at the same moment', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(3_000)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })

  it('do not refuse a request that was accepted under its key before', async () => {
    const first = await accept(3_000, instanceId, 'k')
    for (let count = 0; count < 2; count += 1) await accept(3_000)
    expect(await accept(3_000, instanceId, 'k')).toMatchObject(first)
  })
})

describe('a disk that is nearly full', () => {
  eachDatabase('refuses', (openDatabase) => {
    it('a message before it is stored, and names its size to the disk', async () => {
      const asked: number[] = []
      const disk = {
        check(bytes: number): void {
          asked.push(bytes)
          throw new DiskNearlyFullError(true)
        },
      }
      const world = anOutboxWorld(await openDatabase(), { disk })
      const image = { kind: 'base64', base64: 'A'.repeat(1_000) } as const
      const submission = { recipient, content: { ...anOtp('845201'), image } }
      const instanceId = await world.anInstance()
      await expect(world.outbox.accept(instanceId, submission)).rejects.toThrow(DiskNearlyFullError)
      expect(asked[0]).toBeGreaterThan(1_000)
      expect(asked[0]).toBeLessThan(1_200)
      expect(await world.database.query.selectFrom('message').selectAll().execute()).toEqual([])
    })
  })
})

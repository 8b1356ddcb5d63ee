import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutgoingMessage, messageIdOf } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { OutboxStore, type QueuePlace } from '../outbox-store.js'
import { Forecast } from './forecast.js'

eachDatabase('the forecast of a queue', (openDatabase) => {
  let database: Database
  let store: OutboxStore
  let instanceId: InstanceId
  let clock: ManualClock
  let forecast: Forecast
  let isOpen: boolean
  let gapMs: number
  let policy: { minGapMs: number; maxGapMs: number }
  let count: number

  beforeEach(async () => {
    database = await openDatabase()
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    instanceId = await addInstance(database)
    clock = new ManualClock()
    isOpen = true
    gapMs = 0
    policy = { minGapMs: 1_000, maxGapMs: 3_000 }
    count = 0
    forecast = newForecast()
  })

  const newForecast = (isTold = true) =>
    new Forecast({
      store,
      clock,
      pacing: async () => policy,
      holds: { turns: async () => undefined },
      isOpen: () => isOpen,
      isTold: () => isTold,
      gapOverAt: () => clock.now() + gapMs,
    })
  const waiting = async () => (await forecast.of(instanceId, database.query)).waiting.high
  /** A message that the forecast is not told of. */
  const insert = (): Promise<QueuePlace> => {
    count += 1
    const message = anOutgoingMessage({
      id: messageIdOf(`m${count}`),
      instanceId,
      status: 'queued',
      recipient: { kind: 'person', phone: String(5_511_999_990_000 + count) },
    })
    return database.transaction(({ query }) =>
      store.insert(query, message, chatOf(message.recipient)),
    )
  }

  it('counts each time where another node has the queue', async () => {
    forecast = newForecast(false)
    expect(await waiting()).toBe(0)
    await insert()
    expect(await waiting()).toBe(1)
  })

  it('counts what waits again after 30 seconds', async () => {
    expect(await waiting()).toBe(0)
    await insert()
    clock.jump(29_999)
    expect(await waiting()).toBe(0)
    clock.jump(1)
    expect(await waiting()).toBe(1)
  })

  it('counts what waits again after the clock was set back', async () => {
    expect(await waiting()).toBe(0)
    await insert()
    clock.jump(-3_600_000)
    expect(await waiting()).toBe(1)
  })

  it('follows what it is told, without counting', async () => {
    expect(await waiting()).toBe(0)
    await insert()
    const place = await insert()
    forecast.accepted(instanceId, place)
    expect(await waiting()).toBe(1)
    forecast.done({ instanceId, priority: 'high' })
    forecast.done({ instanceId, priority: 'high' })
    expect(await waiting()).toBe(0)
  })

  it('counts again where messages before the new one became more urgent, or what is known may be wrong', async () => {
    expect(await waiting()).toBe(0)
    const { from } = await insert()
    const place = await insert()
    forecast.accepted(instanceId, { ...place, from })
    expect(await waiting()).toBe(2)
    await insert()
    expect(await waiting()).toBe(2)
    forecast.forget(instanceId)
    expect(await waiting()).toBe(3)
  })

  it('says what waits while the instance is disconnected, and nothing of the wait', async () => {
    isOpen = false
    await insert()
    expect(await forecast.of(instanceId, database.query)).toEqual({
      waiting: { high: 1, normal: 0, low: 0 },
    })
  })

  it.each([
    [0, 3_000, 0],
    [-5, 3_000, 0],
    [60_000, 3_000, 60_000],
    [60_001, 3_000, 0],
    [100_000, 120_000, 100_000],
    [120_001, 120_000, 0],
  ])(
    'of a gap that ends in %i ms, with gaps of up to %i, %i are left',
    async (ms, maxGapMs, left) => {
      gapMs = ms
      policy = { minGapMs: 1_000, maxGapMs }
      forecast = newForecast()
      const { open } = await forecast.of(instanceId, database.query)
      expect(open?.rhythm.restMs).toBe(left)
    },
  )
})

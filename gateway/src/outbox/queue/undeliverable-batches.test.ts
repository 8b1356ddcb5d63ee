import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { EventLog } from '../../../test/support/event-log.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutgoingMessage, messageIdOf } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { GatewayEvent } from '../../domain/gateway-event.js'
import type { InstanceId } from '../../domain/instance.js'
import { OutboxStore } from '../outbox-store.js'
import { Undeliverable } from './undeliverable.js'

const afterMs = 20_000

eachDatabase('codes that are due to be told', (openDatabase) => {
  let database: Database
  let store: OutboxStore
  let instanceId: InstanceId
  let clock: ManualClock
  let told: GatewayEvent[]
  let log: EventLog

  beforeEach(async () => {
    database = await openDatabase()
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    instanceId = await addInstance(database)
    clock = new ManualClock()
    told = []
    log = new EventLog()
  })

  const undeliverable = (undeliverableAfterMs = afterMs) =>
    new Undeliverable({
      database,
      store,
      clock,
      log,
      undeliverableAfterMs,
      events: { publish: async (event) => void told.push(event) },
    })
  const owe = (count: number) =>
    database.transaction(async ({ query }) => {
      for (let n = 0; n < count; n += 1) {
        const message = anOutgoingMessage({
          id: messageIdOf(`m${n}`),
          instanceId,
          status: 'queued',
          acceptedAt: clock.now(),
          expiresAt: clock.now() + 600_000,
        })
        await store.insert(query, message, chatOf(message.recipient))
      }
      await query
        .updateTable('message')
        .set({ undeliverable_at: clock.now() + afterMs })
        .execute()
    })

  it('are told a hundred at a time, and each is logged', async () => {
    await owe(101)
    clock.jump(afterMs)
    const watch = undeliverable()
    expect(await watch.tellDue()).toBe(0)
    expect(told).toHaveLength(100)
    expect(await watch.tellDue()).toBe(5_000)
    expect(told).toHaveLength(101)
    expect(log.count('message-undeliverable')).toBe(101)
  })

  it('are waited for until the first is due', async () => {
    await owe(1)
    clock.jump(afterMs - 3_000)
    expect(await undeliverable().tellDue()).toBe(3_000)
    expect(told).toEqual([])
  })

  it('are looked for every five seconds, for an instance may choose a shorter time', async () => {
    expect(await undeliverable(0).tellDue()).toBe(5_000)
    expect(await undeliverable().tellDue()).toBe(5_000)
  })

  it('are looked for as often as the gateway wants them told, where that is shorter', async () => {
    expect(await undeliverable(2_000).tellDue()).toBe(2_000)
  })

  it('are told once where two look at the same time', async () => {
    await owe(3)
    clock.jump(afterMs)
    await Promise.all([undeliverable().tellDue(), undeliverable().tellDue()])
    expect(told).toHaveLength(3)
    expect(log.count('message-undeliverable')).toBe(3)
  })
})

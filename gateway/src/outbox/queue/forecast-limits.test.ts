/** How long a message would wait where its number has a limit a day. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutgoingMessage } from '../../../test/support/outgoing-message.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import type { Database } from '../../db/database.js'
import { createVault } from '../../db/encryption.js'
import { chatOf } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import { noSendingLimits } from '../../domain/sending-limits.js'
import { newMessageId, newWhatsappId } from '../../runtime/ids.js'
import { turnOf } from '../limits/sending-limits.js'
import { OutboxStore } from '../outbox-store.js'
import { Forecast } from './forecast.js'

const dayMs = 24 * 3_600_000
const gapMs = 2_000

eachDatabase('with ten messages a day, a new one', (openDatabase) => {
  let database: Database
  let store: OutboxStore
  let instanceId: InstanceId
  let phone = 5_511_999_990_000

  beforeEach(async () => {
    database = await openDatabase()
    store = new OutboxStore({ vault: createVault(Buffer.alloc(32, 1)), database })
    instanceId = await addInstance(database)
  })

  const insert = async (count: number, priority: Priority) => {
    for (let index = 0; index < count; index += 1) {
      phone += 1
      const recipient = { kind: 'person', phone: String(phone) } as const
      const ids = { id: newMessageId(), whatsappId: newWhatsappId() }
      const message = { ...ids, instanceId, recipient, priority, status: 'queued' } as const
      await store.insert(database.query, anOutgoingMessage(message), chatOf(recipient))
    }
  }

  /** At midnight, after so many were sent today. */
  const waitsMs = async (messages: number, limitCodes = false) => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1))
    const limits = { ...noSendingLimits, dailyMessages: 10, timeZone: 'UTC', limitCodes }
    const sent = { messages, newPeople: 0 }
    const today = { now: clock.now(), warmUpDay: 99 }
    const forecast = new Forecast({
      store,
      clock,
      pacing: async () => ({ minGapMs: gapMs, maxGapMs: gapMs }),
      holds: {
        turns: async () => ({
          countsHigh: limitCodes,
          of: (priority, ahead) => turnOf(ahead, priority, sent, limits, today),
        }),
      },
      isOpen: () => true,
      isTold: () => true,
      gapOverAt: () => clock.now(),
    })
    const { open } = await forecast.of(instanceId, database.query)
    return open?.waitsMs
  }

  it('waits for its turn if that is today', async () => {
    await insert(1, 'normal')
    expect(await waitsMs(8)).toEqual({ high: 0, normal: gapMs, low: gapMs })
  })

  it('waits for tomorrow behind those that leave today, and then for those before it', async () => {
    await insert(2, 'normal')
    await insert(1, 'low')
    expect(await waitsMs(8)).toEqual({ high: 0, normal: dayMs, low: dayMs + gapMs })
    expect(await waitsMs(9)).toEqual({ high: 0, normal: dayMs + gapMs, low: dayMs + 2 * gapMs })
  })

  it('is not behind codes, unless they count too', async () => {
    await insert(3, 'high')
    expect(await waitsMs(8)).toEqual({ high: 3 * gapMs, normal: 3 * gapMs, low: 3 * gapMs })
    const late = dayMs + gapMs
    expect(await waitsMs(8, true)).toEqual({ high: late, normal: late, low: late })
  })

  it('is not behind less urgent ones if it is a code that counts', async () => {
    await insert(3, 'normal')
    expect((await waitsMs(8, true))?.high).toBe(0)
  })

  it('gives no turn to what waits for another day', async () => {
    await insert(40, 'high')
    await insert(40, 'normal')
    await insert(40, 'low')
    expect((await waitsMs(10))?.high).toBe(40 * gapMs)
    expect((await waitsMs(0))?.high).toBeGreaterThan(40 * gapMs)
  })
})

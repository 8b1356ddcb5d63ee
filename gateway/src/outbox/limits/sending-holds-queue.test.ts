/** What the queue of an instance is told of limits, and how often the database is asked for it. */

import { randomBytes } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { peopleIn } from '../../../test/support/people.js'
import { addInstance } from '../../../test/support/stored-instance.js'
import { limitsFrom } from '../../../test/support/sending-holds.js'
import { createVault } from '../../db/encryption.js'
import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import { noSendingLimits, type SendingLimits } from '../../domain/sending-limits.js'
import { newInstanceId, newMessageId, newWhatsappId } from '../../runtime/ids.js'
import { LinkedNumbers } from './linked-numbers.js'
import { SendingHolds } from './sending-holds.js'

const hourMs = 3_600_000
const minuteMs = 60_000
const noon = Date.UTC(2026, 0, 20, 12)
const tomorrow = Date.UTC(2026, 0, 21)

eachDatabase('limits for a queue', (openDatabase) => {
  let database: Database
  let clock: ManualClock
  let instanceId: InstanceId
  let holds: SendingHolds
  let ownPhone: string
  let asked: { pools: number; days: number }
  /** Called before the number is looked up. */
  let onLookUp: () => void
  const limits = new Map<InstanceId, SendingLimits>()

  beforeEach(async () => {
    database = await openDatabase()
    clock = new ManualClock(noon)
    instanceId = await addInstance(database)
    ownPhone = '5511988880001'
    asked = { pools: 0, days: 0 }
    onLookUp = () => {}
    limits.clear()
    const port = limitsFrom(limits)
    const people = peopleIn(database, clock)
    const vault = createVault(randomBytes(32))
    const numbers = new LinkedNumbers({ database, vault, clock, people, ownPhone: () => ownPhone })
    holds = new SendingHolds({
      database,
      clock,
      limits: {
        limitsOf: (id, query) => port.limitsOf(id, query),
        isAnyPoolLimited() {
          asked.pools += 1
          return limitsFrom(
            new Map([...limits].filter(([id]) => id !== instanceId)),
          ).isAnyPoolLimited()
        },
      },
      numbers: {
        note: (id) => numbers.note(id),
        async since(id, query) {
          asked.days += 1
          const since = await numbers.since(id, query)
          onLookUp()
          return since
        },
      },
      people,
      isKnown: async () => false,
    })
  })

  const limit = (given: Partial<SendingLimits>) => {
    limits.set(instanceId, { ...noSendingLimits, ...given })
    holds.forget()
  }
  const sent = (at: number) =>
    database.query
      .insertInto('message')
      .values({
        id: newMessageId(),
        instance_id: instanceId,
        whatsapp_id: newWhatsappId(),
        recipient: '{}',
        status: 'sent',
        accepted_at: at,
        typing_ms: 0,
        attempts: 1,
        sent_at: at,
        counted_at: at,
      })
      .execute()
  const standing = async () => {
    const now = await holds.standing({ id: instanceId, isPool: false })
    return [now?.warmUpDay, now?.most]
  }

  it('hold nothing where there are none, and are asked again after a minute', async () => {
    expect(await holds.ofQueue(instanceId)).toEqual({
      held: {},
      arePerMessage: false,
      until: noon + minuteMs,
    })
    limit({ dailyMessages: 1 })
    expect(await holds.ofQueue(instanceId)).toEqual({
      held: {},
      arePerMessage: false,
      until: noon + minuteMs,
    })
  })

  it('hold each priority by its own, until the day or the hours end', async () => {
    await sent(noon)
    limit({ dailyMessages: 1 })
    const hold = { until: tomorrow, why: 'daily-messages' }
    expect((await holds.ofQueue(instanceId)).held).toEqual({ normal: hold, low: hold })
    limit({ quietFrom: '11:00', quietTo: '12:00' })
    expect((await holds.ofQueue(instanceId)).held).toEqual({})
    clock.jump(-minuteMs / 2)
    expect(await holds.ofQueue(instanceId)).toMatchObject({
      held: { low: { until: noon, why: 'quiet-hours' } },
      until: noon,
    })
    limit({ dailyMessages: 5 })
    clock.jump(tomorrow - 1 - clock.now())
    expect(await holds.ofQueue(instanceId)).toMatchObject({ held: {}, until: tomorrow })
  })

  it('may hold one message and not another where new people or a pool are limited', async () => {
    const pool = newInstanceId()
    limits.set(pool, noSendingLimits)
    expect(await holds.ofQueue(instanceId)).toMatchObject({ arePerMessage: false })
    holds.forget()
    limits.set(pool, { ...noSendingLimits, dailyMessages: 1 })
    expect(await holds.ofQueue(instanceId)).toMatchObject({ arePerMessage: true })
    holds.forget()
    limits.delete(pool)
    limits.set(instanceId, { ...noSendingLimits, dailyNewPeople: 1 })
    expect(await holds.ofQueue(instanceId)).toMatchObject({ arePerMessage: true })
  })

  it('of pools are read once a minute, whatever the clock does, and after a change', async () => {
    const reads = async () => {
      await holds.ofQueue(instanceId)
      return asked.pools
    }
    expect([await reads(), await reads()]).toEqual([1, 1])
    clock.jump(minuteMs - 1)
    expect(await reads()).toBe(1)
    clock.jump(1)
    expect(await reads()).toBe(2)
    clock.jump(-minuteMs)
    expect(await reads()).toBe(3)
    holds.forget()
    expect(await reads()).toBe(4)
  })

  it('of a new number grow with its days, which are counted once a day', async () => {
    const limited = { dailyMessages: 1_000, warmUp: true }
    limit(limited)
    for (let day = 12; day > 0; day -= 1) await sent(noon - day * 24 * hourMs)
    expect(await standing()).toEqual([13, 740])
    await standing()
    expect(asked.days).toBe(1)
    clock.jump(24 * hourMs)
    expect(await standing()).toEqual([13, 740])
    expect(asked.days).toBe(2)
    await sent(noon)
    expect(await standing()).toEqual([13, 740])
    limit(limited)
    expect(await standing()).toEqual([undefined, 1_000])
    limit({ dailyMessages: 1_000 })
    expect(await standing()).toEqual([undefined, 1_000])
    expect(asked.days).toBe(3)
  })

  it('of a new number do not keep what was counted before a change', async () => {
    limit({ dailyMessages: 1_000, warmUp: true })
    onLookUp = () => holds.forget()
    await standing()
    onLookUp = () => {}
    await standing()
    await standing()
    expect(asked.days).toBe(2)
  })

  it('restart with another number, and not with the same one', async () => {
    limit({ dailyMessages: 1_000, warmUp: true })
    await sent(noon - 24 * hourMs)
    await holds.ofQueue(instanceId)
    await holds.ofQueue(instanceId)
    expect(await standing()).toEqual([2, 27])
    expect(asked.days).toBe(1)
    ownPhone = '5511988880002'
    await holds.ofQueue(instanceId)
    expect(await standing()).toEqual([1, 20])
    // A message of its first moment is its own.
    await sent(clock.now())
    clock.jump(24 * hourMs)
    expect(await standing()).toEqual([2, 27])
  })

  it('of a pool know no days, whatever it has sent', async () => {
    const pool = newInstanceId()
    limits.set(pool, { ...noSendingLimits, dailyMessages: 1_000, warmUp: true })
    expect(await holds.standing({ id: pool, isPool: true })).toMatchObject({
      most: 1_000,
      warmUpDay: undefined,
    })
    expect(asked.days).toBe(0)
  })
})

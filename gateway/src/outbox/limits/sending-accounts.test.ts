/** What a number and a pool have sent today, by the rows of the messages, and what their limits say of the next one. */

import { beforeEach, expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { chatOf, conversationKey, type Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import { newInstanceId, newMessageId, newWhatsappId } from '../../runtime/ids.js'
import { isHold, type Limited } from './sending-holds.js'

const hourMs = 3_600_000
const noon = Date.UTC(2026, 0, 20, 12)
const today = Date.UTC(2026, 0, 20)
const tomorrow = Date.UTC(2026, 0, 21)
const person = (n: number): Recipient => ({ kind: 'person', phone: `551199999000${n}` })

eachDatabase('the account of a number or a pool', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId
  const pool = { id: newInstanceId() }

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(noon, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock })
    instanceId = await world.anInstance('closed')
  })

  interface Sent {
    readonly at?: number
    readonly to?: Recipient
    readonly isFirst?: boolean
    readonly poolId?: InstanceId
    readonly chatKey?: string | null
  }
  const sent = async (...messages: readonly Sent[]): Promise<void> => {
    for (const { at = noon, to = person(1), isFirst = false, poolId, ...more } of messages) {
      const values = {
        id: newMessageId(),
        instance_id: instanceId,
        whatsapp_id: newWhatsappId(),
        recipient: JSON.stringify(to),
        chat_key: more.chatKey === null ? null : conversationKey(chatOf(to)),
        status: 'sent',
        accepted_at: at,
        typing_ms: 0,
        attempts: 1,
        sent_at: at,
        counted_at: at,
        is_first: isFirst ? 1 : 0,
        pool_id: poolId ?? null,
      }
      await world.database.query.insertInto('message').values(values).execute()
    }
  }
  const message = (more: Partial<Limited> = {}): Limited => ({
    instanceId,
    recipient: person(9),
    priority: 'normal',
    status: 'queued',
    ...more,
  })
  const count = (more: Partial<Limited> = {}) =>
    world.database.transaction((transaction) => world.holds.count(message(more), transaction))
  const standing = (isPool: boolean) =>
    world.holds.standing({ id: isPool ? pool.id : instanceId, isPool })

  it('has what was counted since midnight, each new person once', async () => {
    await sent(
      { at: today - 1, isFirst: true, poolId: pool.id },
      { at: today, to: person(2), isFirst: true, poolId: pool.id },
      { to: person(2), isFirst: true, poolId: pool.id },
      { to: person(3), poolId: pool.id },
      { to: person(4), isFirst: true },
      { isFirst: true, chatKey: null, poolId: pool.id },
    )
    const limits = { dailyNewPeople: 5 }
    world.limit(instanceId, limits)
    world.limit(pool.id, limits)
    expect(await standing(false)).toMatchObject({ messages: 5, newPeople: 2, most: Infinity })
    expect(await standing(true)).toMatchObject({ messages: 4, newPeople: 1, most: Infinity })
    expect(await world.holds.standing({ id: newInstanceId(), isPool: false })).toBeUndefined()
  })

  it('holds by the limit of either, until the later one ends', async () => {
    await sent({ poolId: pool.id })
    // The day of Kiritimati, 14 hours ahead, is over at 10 in the morning of London.
    const later = tomorrow + 10 * hourMs
    const timeZone = 'Pacific/Kiritimati'
    const reached = { dailyMessages: 1 }
    const cases = [
      [{}, {}, undefined],
      [reached, {}, tomorrow],
      [{}, reached, tomorrow],
      [{ ...reached, timeZone }, reached, later],
      [reached, { ...reached, timeZone }, later],
    ] as const
    for (const [own, ofPool, until] of cases) {
      world.limit(instanceId, own)
      world.limit(pool.id, ofPool)
      const hold = until && { until, why: 'daily-messages' }
      expect(await world.holds.of(message({ pool }))).toEqual(hold)
      const counted = await count({ pool })
      expect(counted).toEqual(hold ?? { countedAt: noon, isFirst: false })
      expect(isHold(counted)).toBe(hold !== undefined)
    }
    world.limit(instanceId, {})
    expect(await world.holds.of(message())).toBeUndefined()
    expect(await count()).toEqual({ countedAt: noon, isFirst: false })
  })

  it('does not hold again what was counted today, or may have arrived', async () => {
    await sent({})
    world.limit(instanceId, { dailyMessages: 1 })
    const held = async (more: Partial<Limited>) =>
      (await world.holds.of(message(more))) !== undefined
    expect(await held({})).toBe(true)
    expect(await held({ countedAt: today - 1 })).toBe(true)
    expect(await held({ countedAt: today })).toBe(false)
    expect(await held({ status: 'unknown' })).toBe(false)
    expect(await held({ priority: 'high' })).toBe(false)
    world.limit(instanceId, { dailyMessages: 1, limitCodes: true })
    expect(await held({ priority: 'high' })).toBe(true)
  })

  it('holds only new people by their limit, and no person twice a day', async () => {
    await sent({ to: person(1), isFirst: true })
    world.limit(instanceId, { dailyNewPeople: 1 })
    await world.database.transaction((transaction) =>
      world.restrictions.met(instanceId, chatOf(person(2)), transaction),
    )
    const why = async (n: number) => (await world.holds.of(message({ recipient: person(n) })))?.why
    expect([await why(1), await why(2), await why(3)]).toEqual([undefined, undefined, 'new-people'])
    world.limit(instanceId, { dailyMessages: 5 })
    expect(await why(3)).toBeUndefined()
  })

  it.each<[string, number, number, Priority, boolean, boolean]>([
    ['the number', 1, 0, 'normal', true, true],
    ['the pool', 0, 1, 'normal', true, true],
    ['neither', 0, 0, 'normal', true, false],
    ['the number, of a code', 1, 0, 'high', false, false],
  ])('notes a first message where new people matter to %s', async (...given) => {
    const [, own, ofPool, priority, counts, isFirst] = given
    world.limit(instanceId, { dailyNewPeople: own, dailyMessages: 5 })
    world.limit(pool.id, { dailyNewPeople: ofPool, dailyMessages: 5 })
    const countedAt = counts ? noon : undefined
    expect(await count({ pool, priority })).toEqual({ countedAt, isFirst })
    await world.database.transaction((transaction) =>
      world.restrictions.met(instanceId, chatOf(person(9)), transaction),
    )
    expect(await count({ pool, priority })).toEqual({ countedAt, isFirst: false })
  })

  it('counts codes where the pool limits them', async () => {
    world.limit(pool.id, { dailyMessages: 5, limitCodes: true })
    expect(await count({ pool, priority: 'high' })).toMatchObject({ countedAt: noon })
    expect(await count({ priority: 'high' })).toMatchObject({ countedAt: undefined })
  })

  it('has room while the number itself has, quiet hours or not', async () => {
    await sent({ to: person(1), isFirst: true, poolId: pool.id })
    const { query } = world.database
    const room = async (priority: Priority = 'low') => [
      await world.holds.hasRoom(message({ priority }), query),
      await world.holds.isFull(instanceId),
    ]
    expect(await room()).toEqual([true, false])
    world.limit(pool.id, { dailyMessages: 1 })
    world.limit(instanceId, { quietFrom: '11:00', quietTo: '13:00' })
    expect(await world.holds.of(message({ priority: 'low' }))).toMatchObject({ why: 'quiet-hours' })
    expect(await room()).toEqual([true, false])
    world.limit(instanceId, { dailyMessages: 2, dailyNewPeople: 2 })
    expect(await room()).toEqual([true, false])
    world.limit(instanceId, { dailyMessages: 1 })
    expect(await room()).toEqual([false, true])
    expect(await room('high')).toEqual([true, true])
    world.limit(instanceId, { dailyNewPeople: 1 })
    expect(await room()).toEqual([false, true])
  })

  it('says the turns of messages where the number has limits', async () => {
    const { query } = world.database
    expect(await world.holds.turns(instanceId, query)).toBeUndefined()
    world.limit(pool.id, { dailyMessages: 1 })
    expect(await world.holds.turns(instanceId, query)).toBeUndefined()
    await sent({})
    world.limit(instanceId, { dailyMessages: 2, limitCodes: true })
    const turns = await world.holds.turns(instanceId, query)
    expect(turns?.countsHigh).toBe(true)
    expect([0, 1].map((ahead) => turns?.of('high', ahead))).toEqual([
      { from: noon, ahead: 0 },
      { from: tomorrow, ahead: 0 },
    ])
  })
})

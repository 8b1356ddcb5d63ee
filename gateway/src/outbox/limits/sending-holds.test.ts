/** Limits of a number, from acceptance to the socket. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { patience } from '../../../test/support/patience.js'
import { text } from '../../domain/content/text.js'
import { WouldExpireError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Submission } from '../submission.js'

const hourMs = 3_600_000
const noon = Date.UTC(2026, 0, 1, 12)
const midnight = Date.UTC(2026, 0, 2)
const phoneOf = (n: number) => String(5_511_999_990_000 + n)

eachDatabase('a number with limits', (openDatabase) => {
  let world: OutboxWorld
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(noon, () => database.transaction(async () => {}))
    world = anOutboxWorld(database, { clock, policy: { minGapMs: 1_000, maxGapMs: 1_000 } })
    instanceId = await world.anInstance()
    await world.sender.start()
  })
  afterEach(() => world.sender[Symbol.asyncDispose]())

  const accept = (n: number, content: Submission['content'], more: Partial<Submission> = {}) =>
    world.outbox.accept(instanceId, {
      recipient: { kind: 'person', phone: phoneOf(n) },
      content,
      ...more,
    })

  /** Lets seconds pass until so many have left. */
  const left = async (howMany: number): Promise<readonly string[]> => {
    await vi.waitFor(
      async () => {
        await world.clock.advance(1_000)
        expect(world.session.texts).toHaveLength(howMany)
      },
      { timeout: 60_000, interval: 2 },
    )
    return world.session.texts
  }

  /** The code leaves behind what could: what has not left by then is held. */
  const leftBeforeCode = async (code: string): Promise<readonly string[]> => {
    await accept(900, anOtp(code))
    await vi.waitFor(
      async () => {
        await world.clock.advance(1_000)
        expect(world.session.texts).toContain(code)
      },
      { timeout: 60_000, interval: 2 },
    )
    for (let second = 0; second < 8; second += 1) await world.clock.advance(1_000)
    return world.session.texts.filter((each) => each !== code)
  }

  /** As a computer does that sleeps. */
  const sleepUntil = async (moment: number): Promise<void> => {
    world.clock.jump(moment - world.clock.now() - 1_000)
    await world.clock.advance(61_000)
  }

  const queue = async () => (await world.waiting.page(instanceId, { limit: 20 })).messages

  const sent = () => world.events.filter(({ kind }) => kind === 'message.sent')

  const sendOnDays = async (count: number) => {
    for (let day = 0; day < count; day += 1) {
      await accept(500, anOtp(`55555${day}`))
      const { length } = sent()
      await vi.waitFor(
        async () => {
          await world.clock.advance(1_000)
          expect(sent()).toHaveLength(length + 1)
        },
        { timeout: 60_000, interval: 2 },
      )
      await sleepUntil(world.clock.now() + 24 * hourMs)
    }
  }
  const today = async () => {
    const standing = await world.holds.standing({ id: instanceId, isPool: false })
    return [standing?.warmUpDay, standing?.most]
  }

  describe('for messages a day', () => {
    beforeEach(async () => {
      world.limit(instanceId, { dailyMessages: 2 })
      for (const n of [1, 2, 3, 4, 5]) await accept(n, text(`text ${n}`))
    })

    it('sends no more today, says when the others leave, and sends those then', async () => {
      expect(await leftBeforeCode('111111')).toEqual(['text 1', 'text 2'])
      const waiting = await queue()
      expect(waiting.map(({ text: shown, heldBy }) => [shown, heldBy])).toEqual([
        ['text 3', 'daily-messages'],
        ['text 4', 'daily-messages'],
        ['text 5', 'daily-messages'],
      ])
      const [first, second, third] = waiting.map(({ expectedAt = 0 }) => expectedAt)
      expect([first, second, third]).toEqual([midnight, midnight + 1_000, midnight + 24 * hourMs])
      await sleepUntil(midnight)
      expect(await left(5)).toHaveLength(5)
      await world.clock.advance(10_000)
      expect(world.session.texts).toHaveLength(5)
    })

    it('tells so in the forecast: a text waits until tomorrow, a code does not', async () => {
      await leftBeforeCode('111111')
      const { open } = await world.sender.forecast(instanceId)
      const untilMidnight = midnight - world.clock.now()
      expect(open?.waitsMs).toEqual({
        high: 0,
        // Of the three that wait, two leave tomorrow.
        normal: untilMidnight + 24 * hourMs + 1_000,
        low: untilMidnight + 24 * hourMs + 1_000,
      })
    })

    it('still knows after a restart what it has sent today', async () => {
      const before = [...(await leftBeforeCode('111111'))]
      world.crash()
      await world.sender[Symbol.asyncDispose]()
      await world.restarted().start()
      expect(await leftBeforeCode('222222')).toHaveLength(before.length + 1)
    })

    it('sends what was held as soon as the limit is lifted', async () => {
      await leftBeforeCode('111111')
      world.limit(instanceId, {})
      expect(await left(6)).toContain('text 5')
    })

    it('sends a message at once in whose chat a code was accepted behind it', async () => {
      await leftBeforeCode('111111')
      await accept(4, anOtp('444444'))
      expect((await left(5)).slice(3)).toEqual(['text 4', '444444'])
    })
  })

  it('refuses a code that would wait until tomorrow, where codes are limited too', async () => {
    world.limit(instanceId, { dailyMessages: 1, limitCodes: true })
    await accept(1, anOtp('111111'))
    await left(1)
    const refusal = await accept(2, anOtp('222222')).catch((cause: unknown) => cause)
    expect(refusal).toBeInstanceOf(WouldExpireError)
    expect(refusal).toMatchObject({ statusCode: 429 })
  })

  describe('for new people', () => {
    beforeEach(async () => {
      world.limit(instanceId, { dailyNewPeople: 1 })
      const known = { kind: 'person', phone: phoneOf(3) } as const
      await world.database.transaction((transaction) =>
        world.restrictions.met(instanceId, known, transaction),
      )
    })

    it('writes to those that it knows, and to one more', async () => {
      for (const n of [1, 2, 3, 4]) await accept(n, text(`text ${n}`))
      await accept(1, text('again'))
      expect(await leftBeforeCode('111111')).toEqual(['text 1', 'text 3', 'again'])
      expect((await queue()).map(({ text: shown, heldBy }) => [shown, heldBy])).toEqual([
        ['text 2', 'new-people'],
        ['text 4', 'new-people'],
      ])
      await sleepUntil(midnight)
      expect((await left(5)).at(-1)).toBe('text 2')
    })

    it('counts a person once, who is written to by number and by LID', async () => {
      await accept(1, text('by number'))
      expect(await left(1)).toEqual(['by number'])
      await world.people.learn(instanceId, [{ phone: phoneOf(1), lid: '77' }])
      const byLid = { kind: 'lid', lid: '77' } as const
      await accept(0, text('by LID'), { recipient: byLid })
      await accept(4, text('another'))
      expect(await leftBeforeCode('111111')).toEqual(['by number', 'by LID'])
    })

    it('passes over a thousand of them to reach one that it knows', async () => {
      // Not all at once: a call waits ten seconds for a connection to the database, and no longer.
      for (let first = 10; first < 1_010; first += 50)
        await Promise.all(Array.from({ length: 50 }, (_, n) => accept(first + n, text('offer'))))
      await accept(3, text('known'))
      await vi.waitFor(
        async () => {
          await world.clock.advance(100)
          expect(world.session.texts).toContain('known')
        },
        { timeout: 60_000, interval: 2 },
      )
      expect(world.session.texts).toHaveLength(2)
    })
  })

  it('sends what is low after the quiet hours, and the rest in them', async () => {
    world.limit(instanceId, { quietFrom: '11:00', quietTo: '14:30', timeZone: 'UTC' })
    await accept(1, text('low'), { priority: 'low' })
    await accept(2, text('normal'))
    expect(await leftBeforeCode('111111')).toEqual(['normal'])
    const over = Date.UTC(2026, 0, 1, 14, 30)
    expect(await queue()).toMatchObject([{ expectedAt: over, heldBy: 'quiet-hours' }])
    await sleepUntil(over)
    expect((await left(3)).at(-1)).toBe('low')
  })

  describe('that is new', () => {
    it('may send more with each day on which it sent something', async () => {
      world.limit(instanceId, { dailyMessages: 1_000, warmUp: true })
      expect(await today()).toEqual([1, 20])
      await sendOnDays(2)
      expect(await today()).toEqual([3, 36])
    })

    it('begins again with another number in its place', async () => {
      world.limit(instanceId, { dailyMessages: 1_000, warmUp: true })
      world.linkTo('5511988880001')
      world.sender.sessionOpened(instanceId)
      await sendOnDays(2)
      world.linkTo('5511988880002')
      world.sender.sessionOpened(instanceId)
      await vi.waitFor(async () => expect(await today()).toEqual([1, 20]), patience)
    })
  })
})

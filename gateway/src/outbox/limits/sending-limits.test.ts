import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstanceId } from '../../domain/instance.js'
import { noSendingLimits, type SendingLimits } from '../../domain/sending-limits.js'
import { priorities } from '../../domain/priority.js'
import { dayAfter, dayIn } from './local-day.js'
import {
  firstDayMessages,
  holdOf,
  mostFrom,
  mostMessages,
  quietUntil,
  turnOf,
  warmUpDays,
} from './sending-limits.js'

const aTimeZone = fc.constantFrom(
  'UTC',
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Africa/Cairo',
)
const aMoment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })
const aTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const limits: fc.Arbitrary<SendingLimits> = fc.record({
  dailyMessages: fc.integer({ min: 0, max: 3_000 }),
  dailyNewPeople: fc.integer({ min: 0, max: 200 }),
  warmUp: fc.boolean(),
  quietFrom: fc.constant(''),
  quietTo: fc.constant(''),
  timeZone: aTimeZone,
  limitCodes: fc.boolean(),
})
const someQuiet = fc
  .tuple(limits, aTime, aTime)
  .map(([rest, quietFrom, quietTo]) => ({ ...rest, quietFrom, quietTo }))
const aPriority = fc.constantFrom(...priorities)
const aDay = fc.integer({ min: 1, max: 20 })
const some = fc.integer({ min: 0, max: 1_500 })

describe('the warm-up', () => {
  it('begins with few messages, never falls, and ends at the daily limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (dailyMessages) => {
        const given = { ...noSendingLimits, dailyMessages, warmUp: true }
        const days = Array.from({ length: warmUpDays + 3 }, (_, day) =>
          mostMessages(given, day + 1),
        )
        expect(days[0]).toBe(Math.min(firstDayMessages, dailyMessages))
        expect(days).toEqual(days.toSorted((one, other) => one - other))
        expect(days.slice(warmUpDays - 1).every((each) => each === dailyMessages)).toBe(true)
      }),
    )
  })

  it.each([false, null])('does not count where it is %s', (warmUp) => {
    expect(mostMessages({ ...noSendingLimits, dailyMessages: 300, warmUp }, 1)).toBe(300)
    expect(mostMessages({ ...noSendingLimits, warmUp }, 1)).toBe(Infinity)
  })

  it('is named as what limits a day, until the daily limit is reached', () => {
    const warm = { ...noSendingLimits, dailyMessages: 300, warmUp: true }
    expect(mostFrom(noSendingLimits, 1)).toBeUndefined()
    expect(mostFrom({ ...warm, warmUp: null }, 1)).toBe('daily-messages')
    expect(mostFrom(warm, 1)).toBe('warm-up')
    expect(mostFrom({ ...warm, warmUpPool: 'A1' as InstanceId }, 1)).toBe('pool-warm-up')
    expect(mostFrom(warm, warmUpDays)).toBe('daily-messages')
    expect(mostFrom({ ...warm, dailyMessages: 0 }, warmUpDays)).toBeUndefined()
  })

  it('has no limit after its last day where there is no daily one', () => {
    const given = { ...noSendingLimits, warmUp: true }
    expect([1, 7, 13, 14].map((day) => mostMessages(given, day))).toEqual([20, 121, 740, Infinity])
  })
})

describe('a hold', () => {
  it('never concerns a code unless that is chosen', () => {
    fc.assert(
      fc.property(
        someQuiet,
        aMoment,
        some,
        some,
        fc.boolean(),
        (given, now, messages, newPeople, isNewPerson) => {
          const hold = holdOf(
            { priority: 'high', isNewPerson },
            { messages, newPeople },
            { ...given, limitCodes: false },
            { now, warmUpDay: 1 },
          )
          expect(hold).toBeUndefined()
        },
      ),
    )
  })

  it('is there exactly when a limit is reached, and ends with the day', () => {
    fc.assert(
      fc.property(
        limits,
        aMoment,
        some,
        some,
        fc.boolean(),
        aDay,
        (given, now, messages, newPeople, isNewPerson, warmUpDay) => {
          const hold = holdOf({ priority: 'normal', isNewPerson }, { messages, newPeople }, given, {
            now,
            warmUpDay,
          })
          const isFull = messages >= mostMessages(given, warmUpDay)
          const isCold =
            isNewPerson && given.dailyNewPeople > 0 && newPeople >= given.dailyNewPeople
          expect(hold).toEqual(
            isFull || isCold
              ? {
                  until: dayIn(given.timeZone, now).endsAt,
                  why: isFull ? 'daily-messages' : 'new-people',
                }
              : undefined,
          )
        },
      ),
    )
  })

  it('lasts until the end of the quiet hours for low messages, and for no others', () => {
    fc.assert(
      fc.property(someQuiet, aMoment, (given, now) => {
        const free = { ...given, dailyMessages: 0, dailyNewPeople: 0, warmUp: false }
        const of = (priority: 'normal' | 'low', at: number) =>
          holdOf({ priority, isNewPerson: true }, { messages: 0, newPeople: 0 }, free, {
            now: at,
            warmUpDay: 1,
          })
        expect(of('normal', now)).toBeUndefined()
        const hold = of('low', now)
        if (hold === undefined) return
        expect(hold).toEqual({ until: quietUntil('low', free, now), why: 'quiet-hours' })
        expect(hold.until).toBeGreaterThan(now)
        expect(hold.until - now).toBeLessThanOrEqual(25 * 3_600_000)
      }),
    )
  })
})

describe('the turn of a message', () => {
  it('comes on the day on which those before it have left', () => {
    fc.assert(
      fc.property(
        limits,
        aMoment,
        some,
        some,
        aDay,
        aPriority,
        (given, now, ahead, messages, warmUpDay, priority) => {
          const sent = { messages, newPeople: 0 }
          const turn = turnOf(ahead, priority, sent, given, { now, warmUpDay })
          // Day by day, as the queue does it.
          const isFree = priority === 'high' && !given.limitCodes
          let left = ahead
          let day = dayIn(given.timeZone, now)
          let from = now
          let most = isFree ? Infinity : Math.max(0, mostMessages(given, warmUpDay) - messages)
          for (let days = 1; left >= most; days += 1) {
            left -= most
            most = mostMessages(given, warmUpDay + days)
            day = dayAfter(given.timeZone, day, 1)
            from = day.startsAt
          }
          expect(turn).toEqual({ from, ahead: left })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('never comes in quiet hours if it is low', () => {
    fc.assert(
      fc.property(someQuiet, aMoment, some, some, (given, now, ahead, messages) => {
        const { from } = turnOf(ahead, 'low', { messages, newPeople: 0 }, given, {
          now,
          warmUpDay: 1,
        })
        expect(quietUntil('low', given, from)).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })
})

/** Whose turn comes today, and whose on another day. */

import { describe, expect, it } from 'vitest'
import type { Priority } from '../../domain/priority.js'
import { noSendingLimits, type SendingLimits } from '../../domain/sending-limits.js'
import { holdOf, mostMessages, quietUntil, turnOf } from './sending-limits.js'

const now = Date.UTC(2026, 0, 1, 12)
const midnight = (days: number) => Date.UTC(2026, 0, 1 + days)
const ten: SendingLimits = { ...noSendingLimits, timeZone: 'UTC', dailyMessages: 10 }

const held = (messages: number, newPeople: number, limits = ten, priority: Priority = 'normal') => {
  const sent = { messages, newPeople }
  return holdOf({ priority, isNewPerson: true }, sent, limits, { now, warmUpDay: 99 })
}

const turn = (
  ahead: number,
  messages: number,
  limits = ten,
  { priority = 'normal', warmUpDay = 99 }: { priority?: Priority; warmUpDay?: number } = {},
) => turnOf(ahead, priority, { messages, newPeople: 0 }, limits, { now, warmUpDay })

describe('a hold', () => {
  it('begins with the message that would be one too many', () => {
    expect(held(9, 0)).toBeUndefined()
    expect(held(10, 0)).toEqual({ until: midnight(1), why: 'daily-messages' })
    const people = { ...ten, dailyNewPeople: 3 }
    expect(held(0, 2, people)).toBeUndefined()
    expect(held(0, 3, people)).toEqual({ until: midnight(1), why: 'new-people' })
  })

  it('lasts until the quiet hours end that it would end in', () => {
    const quiet = { ...ten, quietFrom: '11:00', quietTo: '08:00' }
    const end = midnight(1) + 8 * 3_600_000
    expect(held(10, 0, quiet, 'low')).toEqual({ until: end, why: 'daily-messages' })
    expect(held(0, 0, quiet, 'low')).toEqual({ until: end, why: 'quiet-hours' })
    expect(held(0, 0, quiet)).toBeUndefined()
    expect(quietUntil('low', quiet, now)).toBe(end)
    expect(quietUntil('normal', quiet, now)).toBeUndefined()
  })
})

describe('the turn', () => {
  it.each([
    [1, 8, 0, 1],
    [2, 8, 1, 0],
    [11, 8, 1, 9],
    [12, 8, 2, 0],
    [25, 8, 3, 3],
    [0, 12, 1, 0],
    [5, 12, 1, 5],
  ])(
    'behind %i others, with %i sent today, comes in %i days behind %i',
    (ahead, sent, day, left) => {
      expect(turn(ahead, sent)).toEqual({ from: day === 0 ? now : midnight(day), ahead: left })
    },
  )

  it('of a code comes today, unless codes are limited', () => {
    expect(turn(30, 10, ten, { priority: 'high' })).toEqual({ from: now, ahead: 30 })
    const limits = { ...ten, limitCodes: true }
    expect(turn(3, 10, limits, { priority: 'high' })).toEqual({ from: midnight(1), ahead: 3 })
  })

  it('comes today where there is no limit', () => {
    expect(turn(500, 500, { ...ten, dailyMessages: 0 })).toEqual({ from: now, ahead: 500 })
  })

  it('comes by the growing limits of the warm-up', () => {
    const limits = { ...ten, dailyMessages: 1_000, warmUp: true }
    const most = (day: number) => mostMessages(limits, day)
    const ahead = most(2) + most(3) + 5
    expect(turn(ahead, 20, limits, { warmUpDay: 1 })).toEqual({ from: midnight(3), ahead: 5 })
    expect(turn(most(2) - 1, 20, limits, { warmUpDay: 1 })).toEqual({
      from: midnight(1),
      ahead: most(2) - 1,
    })
    expect(turn(most(2), 20, limits, { warmUpDay: 1 })).toEqual({ from: midnight(2), ahead: 0 })
    const after = { from: midnight(4), ahead: 7 }
    const long = most(13) + 2 * 1_000 + 7
    expect(turn(long, most(12), limits, { warmUpDay: 12 })).toEqual(after)
  })

  it('comes after the warm-up where nothing else limits it', () => {
    const limits = { ...ten, dailyMessages: 0, warmUp: true }
    const tomorrow = { from: midnight(1), ahead: 2_005 }
    expect(turn(2_005, mostMessages(limits, 13), limits, { warmUpDay: 13 })).toEqual(tomorrow)
  })

  it('of a message with low priority comes after the quiet hours', () => {
    const quiet = { ...ten, quietFrom: '22:00', quietTo: '08:00' }
    const low = { priority: 'low' } as const
    expect(turn(0, 10, quiet, low)).toEqual({ from: midnight(1) + 8 * 3_600_000, ahead: 0 })
    expect(turn(0, 10, quiet)).toEqual({ from: midnight(1), ahead: 0 })
  })
})

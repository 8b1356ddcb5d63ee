import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type CodeLimits,
  dayMs,
  longestWindowMs,
  noCodeLimits,
  waitForNextCodeMs,
} from './code-limits.js'

const minuteMs = 60_000
const limits: CodeLimits = { per10Minutes: 5, perDay: 20 }
const times = (count: number, everyMs: number) =>
  Array.from({ length: count }, (_, index) => index * everyMs)

it('lets five go within ten minutes, and the sixth when the first is ten minutes old', () => {
  expect(waitForNextCodeMs(times(4, minuteMs), 4 * minuteMs, limits)).toBe(0)
  expect(waitForNextCodeMs(times(5, minuteMs), 5 * minuteMs, limits)).toBe(5 * minuteMs)
  expect(waitForNextCodeMs(times(5, minuteMs), 10 * minuteMs, limits)).toBe(0)
})

it('lets twenty go a day, and the next when the first is a day old', () => {
  const spread = times(20, 30 * minuteMs)
  expect(waitForNextCodeMs(spread, 600 * minuteMs, limits)).toBe(dayMs - 600 * minuteMs)
  expect(waitForNextCodeMs(spread, dayMs, limits)).toBe(0)
})

it('limits nothing that is switched off', () => {
  expect(waitForNextCodeMs(times(1_000, 1), 1_000, noCodeLimits)).toBe(0)
  expect(longestWindowMs(noCodeLimits)).toBe(0)
  expect(waitForNextCodeMs(times(6, 1), 6, { ...limits, per10Minutes: 0 })).toBe(0)
  expect(longestWindowMs({ ...limits, per10Minutes: 0 })).toBe(dayMs)
  expect(longestWindowMs({ ...limits, perDay: 0 })).toBe(10 * minuteMs)
})

it('locks no phone out for long when the clock was set back', () => {
  expect(waitForNextCodeMs(times(20, 1), -30 * dayMs, limits)).toBe(0)
  expect(waitForNextCodeMs(times(5, 1), -minuteMs, limits)).toBe(10 * minuteMs)
  expect(waitForNextCodeMs(times(5, 0), -10 * minuteMs, limits)).toBe(0)
})

const anyLimits = fc.record({ per10Minutes: fc.nat(6), perDay: fc.nat(12) })
const gapsMs = fc.array(fc.nat(3 * 3_600_000), { maxLength: 60 })

it('never lets more through than a window holds, at any order of calls', () => {
  fc.assert(
    fc.property(anyLimits, gapsMs, (some, gaps) => {
      const accepted = acceptedAmong(gaps, some)
      expect(fullest(accepted, 10 * minuteMs)).toBeLessThanOrEqual(some.per10Minutes || Infinity)
      expect(fullest(accepted, dayMs)).toBeLessThanOrEqual(some.perDay || Infinity)
    }),
  )
})

it('names the very moment from which on the next may go', () => {
  fc.assert(
    fc.property(anyLimits, gapsMs, (some, gaps) => {
      const accepted = acceptedAmong(gaps, some)
      const now = accepted.at(-1) ?? 0
      const waitMs = waitForNextCodeMs(accepted, now, some)
      expect(waitForNextCodeMs(accepted, now + waitMs, some)).toBe(0)
      const before = waitMs > 0 ? waitForNextCodeMs(accepted, now + waitMs - 1, some) : 1
      expect(before).toBe(1)
    }),
  )
})

/** Asks again and again, with these gaps, and gives the moments at which the answer was yes. */
function acceptedAmong(gaps: readonly number[], some: CodeLimits): readonly number[] {
  const accepted: number[] = []
  let now = 0
  for (const gap of gaps) {
    now += gap
    if (waitForNextCodeMs(accepted, now, some) === 0) accepted.push(now)
  }
  return accepted
}

/** The most that any window of this length holds. */
function fullest(accepted: readonly number[], windowMs: number): number {
  const counts = accepted.map(
    (end) => accepted.filter((at) => at <= end && end - at < windowMs).length,
  )
  return Math.max(0, ...counts)
}

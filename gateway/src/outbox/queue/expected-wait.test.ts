import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priorities } from '../../domain/priority.js'
import { ahead, expectedWaitMs, leastGapMs } from './expected-wait.js'

const some = fc.integer({ min: 0, max: 100_000 })
const counts = fc.record({ high: some, normal: some, low: some })

describe('the expected wait', () => {
  it('is no longer for what is more urgent, and grows with what waits', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...priorities), (waiting, added) => {
        const rhythm = { gapMs: 2_000, restMs: 0 }
        const waits = priorities.map((each) => expectedWaitMs(each, waiting, rhythm))
        expect(waits).toEqual(waits.toSorted((one, other) => one - other))
        const more = { ...waiting, [added]: waiting[added] + 1 }
        for (const [index, each] of priorities.entries())
          expect(expectedWaitMs(each, more, rhythm)).toBeGreaterThanOrEqual(waits[index] ?? 0)
      }),
    )
  })

  it('counts the turns that less urgent messages have in between', () => {
    const waiting = { high: 20, normal: 500, low: 500 }
    expect(ahead('high', waiting)).toBe(22)
    expect(ahead('normal', waiting)).toBe(520 + 17)
    expect(ahead('low', waiting)).toBe(1_020)
    expect(ahead('high', { ...waiting, normal: 1, low: 0 })).toBe(21)
  })

  it('begins with the rest of the gap, and a send takes its time without gaps too', () => {
    const waiting = { high: 3, normal: 0, low: 0 }
    expect(expectedWaitMs('high', waiting, { gapMs: 2_000, restMs: 700 })).toBe(6_700)
    expect(expectedWaitMs('high', waiting, { gapMs: 0, restMs: -5_000 })).toBe(3 * leastGapMs)
  })
})

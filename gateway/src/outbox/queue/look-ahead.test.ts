import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { howFarAhead, toPrepare, type Upcoming } from './look-ahead.js'

const person = (phone: string) => ({ kind: 'person', phone }) as const
const upcoming = (...phones: string[]): Upcoming[] =>
  phones.map((phone, index) => ({ place: index, recipient: person(phone) }))
const none = new Set<never>()

describe('how far a queue looks ahead', () => {
  it('is a hundred messages without gaps, and nothing with gaps that leave time', () => {
    expect(howFarAhead({ minGapMs: 0, maxGapMs: 0 })).toBe(100)
    expect(howFarAhead({ minGapMs: 1_000, maxGapMs: 3_000 })).toBe(0)
  })

  it('is never farther than a hundred, nor more than leaves in five seconds', () => {
    const gap = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(gap, gap, (one, other) => {
        const [minGapMs, maxGapMs] = [Math.min(one, other), Math.max(one, other)]
        const count = howFarAhead({ minGapMs, maxGapMs })
        expect(count).toBeLessThanOrEqual(100)
        expect(count * (minGapMs + maxGapMs)).toBeLessThanOrEqual(10_000)
      }),
    )
  })
})

describe('whom a queue prepares', () => {
  it('is each of the next recipients once', () => {
    expect(toPrepare(upcoming('1', '2', '1'), none)).toEqual([person('1'), person('2')])
  })

  it('is empty when there is only one: the send itself asks as quickly', () => {
    expect(toPrepare(upcoming('1', '1'), none)).toEqual([])
    const prepared = new Set([0, 2])
    expect(toPrepare(upcoming('1', '2', '3'), prepared)).toEqual([])
  })

  it('is no group, whose members are asked for all at once anyway', () => {
    const group: Upcoming = { place: 9, recipient: { kind: 'group', group: '12' } }
    expect(toPrepare([group, ...upcoming('1', '2')], none)).toEqual([person('1'), person('2')])
  })
})

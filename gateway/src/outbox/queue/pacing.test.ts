import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextSendAt, pacingOf } from './pacing.js'

const policy = { minGapMs: 1_000, maxGapMs: 3_000 }
const moment = fc.integer({ min: 0, max: 10_000_000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('pacingOf', () => {
  it.each([
    ['of a number with none of its own', { minGapMs: null, maxGapMs: null }, policy],
    ['of a number that is deleted', undefined, policy],
    ['of a number with its own', { minGapMs: 0, maxGapMs: 0 }, { minGapMs: 0, maxGapMs: 0 }],
    ['of a longer one', { minGapMs: 5, maxGapMs: 9 }, { minGapMs: 5, maxGapMs: 9 }],
    ['of a number with only its shortest', { minGapMs: 5, maxGapMs: null }, policy],
    ['of a number with only its longest', { minGapMs: null, maxGapMs: 9 }, policy],
  ])('gives the gap %s', (_, own, expected) => {
    expect(pacingOf(policy, own)).toEqual(expected)
  })
})

describe('nextSendAt', () => {
  it('lets the first message of an instance leave at once', () => {
    expect(nextSendAt(undefined, policy)).toBe(0)
  })

  it('counts from the last send, so that a quiet hour owes no waiting', () => {
    expect(nextSendAt({ sentAt: 0 }, policy, () => 0.99)).toBeLessThan(3_600_000)
  })

  it('keeps the gap that the previous caller asked for, instead of drawing one', () => {
    const last = { sentAt: 100, gapAfterMs: 15_000 }
    expect(nextSendAt(last, policy, () => expect.unreachable())).toBe(15_100)
  })

  it('reaches both ends of the policy', () => {
    expect(nextSendAt({ sentAt: 0 }, policy, () => 0)).toBe(1_000)
    expect(nextSendAt({ sentAt: 0 }, policy, () => 1 - Number.EPSILON)).toBe(3_000)
  })

  it('is never outside the gap', () => {
    fc.assert(
      fc.property(moment, random, (sentAt, drawn) => {
        const at = nextSendAt({ sentAt }, policy, () => drawn)
        expect(at).toBeGreaterThanOrEqual(sentAt + 1_000)
        expect(at).toBeLessThanOrEqual(sentAt + 3_000)
      }),
    )
  })
})

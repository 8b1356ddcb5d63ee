import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextSendAt } from './pacing.js'

const policy = { minGapMs: 1_000, maxGapMs: 3_000 }
const moment = fc.integer({ min: 0, max: 10_000_000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('nextSendAt', () => {
  it('lets the first message of an instance leave at once', () => {
    expect(nextSendAt(5_000, undefined, policy)).toBe(5_000)
  })

  it('owes no waiting after a quiet hour', () => {
    expect(nextSendAt(3_600_000, { sentAt: 0 }, policy, () => 0.99)).toBe(3_600_000)
  })

  it('keeps the gap that the previous caller asked for, instead of drawing one', () => {
    const last = { sentAt: 100, gapAfterMs: 15_000 }
    expect(nextSendAt(0, last, policy, () => expect.unreachable())).toBe(15_100)
  })

  it('reaches both ends of the policy', () => {
    expect(nextSendAt(0, { sentAt: 0 }, policy, () => 0)).toBe(1_000)
    expect(nextSendAt(0, { sentAt: 0 }, policy, () => 1 - Number.EPSILON)).toBe(3_000)
  })

  it('is never before the message was accepted, and never outside the gap', () => {
    fc.assert(
      fc.property(moment, moment, random, (acceptedAt, sentAt, drawn) => {
        const at = nextSendAt(acceptedAt, { sentAt }, policy, () => drawn)
        expect(at).toBeGreaterThanOrEqual(Math.max(acceptedAt, sentAt + 1_000))
        expect(at).toBeLessThanOrEqual(Math.max(acceptedAt, sentAt + 3_000))
      }),
    )
  })
})

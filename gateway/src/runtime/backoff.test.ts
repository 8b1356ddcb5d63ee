import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BackoffPolicy, backoffMs } from './backoff.js'

const policies = fc.record({
  firstMs: fc.integer({ min: 1, max: 60_000 }),
  capMs: fc.integer({ min: 1, max: 86_400_000 }),
  jitter: fc.constantFrom('full' as const, 'equal' as const),
})
const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('no wait is longer than the cap, however many failures there were', () => {
  fc.assert(
    fc.property(policies, fc.integer({ min: 1, max: 100_000 }), draws, (policy, failures, draw) => {
      const waitMs = backoffMs(failures, policy, () => draw)
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThanOrEqual(policy.capMs)
    }),
  )
})

test('one more failure never shortens the wait, for the same draw', () => {
  fc.assert(
    fc.property(policies, fc.integer({ min: 1, max: 2_000 }), draws, (policy, failures, draw) => {
      const now = backoffMs(failures, policy, () => draw)
      expect(backoffMs(failures + 1, policy, () => draw)).toBeGreaterThanOrEqual(now)
    }),
  )
})

test('equal jitter keeps at least half of the wait', () => {
  const policy: BackoffPolicy = { firstMs: 1_000, capMs: 8_000, jitter: 'equal' }
  const shortest = [1, 2, 3, 4, 5, 6].map((failures) => backoffMs(failures, policy, () => 0))
  expect(shortest).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000])
})

test('full jitter may come back at once', () => {
  const policy: BackoffPolicy = { firstMs: 1_000, capMs: 8_000, jitter: 'full' }
  expect(backoffMs(3, policy, () => 0)).toBe(0)
  expect(backoffMs(3, policy, () => 0.999_999)).toBe(4_000)
})

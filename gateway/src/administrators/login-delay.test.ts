import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  accountFromAddress,
  accountFromAnywhere,
  anyFromAddress,
  nextTryAt,
} from './login-delay.js'

const policies = fc.constantFrom(accountFromAddress, anyFromAddress, accountFromAnywhere)

test('costs nothing until the free tries are used up', () => {
  const wait = (count: number) => nextTryAt({ count, lastAt: 0 }, accountFromAddress)
  expect([1, 2, 3, 4].map(wait)).toEqual([0, 0, 0, 0])
  expect([5, 6, 7].map(wait)).toEqual([5_000, 10_000, 20_000])
})

test('never grows beyond its cap, and never shrinks with one more failure', () => {
  fc.assert(
    fc.property(policies, fc.nat(2_000_000), fc.nat(), (policy, count, lastAt) => {
      const wait = nextTryAt({ count, lastAt }, policy) - lastAt
      const more = nextTryAt({ count: count + 1, lastAt }, policy) - lastAt
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(more).toBeGreaterThanOrEqual(wait)
      expect(more).toBeLessThanOrEqual(policy.capMs)
    }),
  )
})

test('holds an account that the whole network attacks for a minute at most', () => {
  const wait = nextTryAt({ count: 1_000_000, lastAt: 0 }, accountFromAnywhere)
  expect(wait).toBe(60_000)
})

import { assert, constantFrom, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import {
  accountFromAddress,
  accountFromAnywhere,
  anyFromAddress,
  nextTryAt,
} from './login-delay.js'

const wait = (count: number) => nextTryAt({ count, lastAt: 0 }, accountFromAddress)

const policies = constantFrom(accountFromAddress, anyFromAddress, accountFromAnywhere)

test('costs nothing until the free tries are used up', () => {
  expect([1, 2, 3, 4].map(wait)).toEqual([0, 0, 0, 0])
  expect([5, 6, 7].map(wait)).toEqual([5_000, 10_000, 20_000])
})

test('never grows beyond its cap, and never shrinks with one more failure', () => {
  assert(
    property(policies, nat(2_000_000), nat(), (policy, count, lastAt) => {
      const waited = nextTryAt({ count, lastAt }, policy) - lastAt
      const more = nextTryAt({ count: count + 1, lastAt }, policy) - lastAt
      expect(waited).toBeGreaterThanOrEqual(0)
      expect(more).toBeGreaterThanOrEqual(waited)
      expect(more).toBeLessThanOrEqual(policy.capMs)
    }),
  )
})

test('holds an account that the whole network attacks for a minute at most', () => {
  expect(nextTryAt({ count: 1_000_000, lastAt: 0 }, accountFromAnywhere)).toBe(60_000)
})

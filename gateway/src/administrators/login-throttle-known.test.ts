import { expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { type Caller, LoginThrottle } from './login-throttle.js'

const known: Caller = { name: 'ana', address: '203.0.113.7', isKnownAddress: true }
const free = Array<undefined>(5).fill(undefined)

const tries = (throttle: LoginThrottle, caller: Caller, count: number) =>
  Array.from({ length: count }, () => throttle.begin(caller))

test('a known address waits for its own failures', () => {
  expect(tries(new LoginThrottle(new ManualClock()), known, 6)).toEqual([...free, 5])
})

test('a known address that tries many accounts waits like any other', () => {
  const throttle = new LoginThrottle(new ManualClock())
  for (let index = 0; index < 21; index += 1)
    throttle.begin({ name: `name-${index}`, address: known.address })
  expect(throttle.begin(known)).toBe(5)
})

test('a right password without the one-time code counts as no failure, however often', () => {
  const throttle = new LoginThrottle(new ManualClock())
  for (let round = 0; round < 60; round += 1) {
    expect(throttle.begin({ ...known, isKnownAddress: false })).toBeUndefined()
    throttle.undecided({ ...known, isKnownAddress: false })
  }
})

test('a right password without the one-time code leaves the earlier failures counted', () => {
  const throttle = new LoginThrottle(new ManualClock())
  tries(throttle, known, 4)
  throttle.begin(known)
  throttle.undecided(known)
  expect(tries(throttle, known, 2)).toEqual([undefined, 5])
})

import { expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { type Caller, LoginThrottle } from './login-throttle.js'

const hourMs = 3_600_000
const ana: Caller = { name: 'ana', address: '203.0.113.7' }

/** The waits that so many tries in a row are given. */
const tries = (throttle: LoginThrottle, caller: Caller, count: number) =>
  Array.from({ length: count }, () => throttle.begin(caller))

const free = Array<undefined>(5).fill(undefined)

test('failures are forgotten an hour after the last one, and not before', async () => {
  const clock = new ManualClock()
  const throttle = new LoginThrottle(clock)
  tries(throttle, ana, 5)
  await clock.advance(hourMs - 1)
  expect(tries(throttle, ana, 2)).toEqual([undefined, 10])
  await clock.advance(hourMs)
  expect(tries(throttle, ana, 6)).toEqual([...free, 5])
})

test('any try from an address that failed too often waits, whatever its name', async () => {
  const clock = new ManualClock()
  const throttle = new LoginThrottle(clock)
  for (let index = 0; index < 20; index += 1)
    throttle.begin({ name: `name-${index}`, address: ana.address })
  expect(throttle.waitOf(ana.address)).toBeUndefined()
  throttle.begin(ana)
  expect(throttle.waitOf(ana.address)).toBe(5)
  expect(throttle.waitOf('203.0.113.8')).toBeUndefined()
  await clock.advance(4_999)
  expect(throttle.waitOf(ana.address)).toBe(1)
  await clock.advance(1)
  expect(throttle.waitOf(ana.address)).toBeUndefined()
})

test('a browser that logged in before has a count of its own, and no other', () => {
  const throttle = new LoginThrottle(new ManualClock())
  const known = { ...ana, browser: 'a' }
  expect(tries(throttle, ana, 6)).toEqual([...free, 5])
  expect(tries(throttle, known, 6)).toEqual([...free, 5])
  expect(throttle.begin({ ...known, browser: 'b' })).toBeUndefined()
  expect(throttle.begin({ ...known, name: 'bia' })).toBeUndefined()
  throttle.succeeded(known)
  expect(throttle.begin(known)).toBeUndefined()
})

function attackFromEverywhere(throttle: LoginThrottle, name: string): void {
  for (let host = 0; host < 51; host += 1) throttle.begin({ name, address: `198.51.100.${host}` })
}

test('an account that many addresses attack waits from a new address, and not from a known one', () => {
  const throttle = new LoginThrottle(new ManualClock())
  attackFromEverywhere(throttle, 'ana')
  expect(throttle.begin(ana)).toBe(1)
  expect(throttle.begin({ ...ana, isKnownAddress: true })).toBeUndefined()
  expect(throttle.begin({ ...ana, name: 'bia' })).toBeUndefined()
})

test('what was never counted can be taken back', () => {
  const throttle = new LoginThrottle(new ManualClock())
  throttle.succeeded(ana)
  throttle.undecided(ana)
  expect(tries(throttle, ana, 6)).toEqual([...free, 5])
})

/** Each is one count. */
function countOthers(throttle: LoginThrottle, count: number): void {
  for (let index = 0; index < count; index += 1)
    throttle.begin({ name: 'bia', address: '198.51.100.1', browser: String(index) })
}

test('ten thousand counts are kept, and of more the one that was touched last before the others is lost', () => {
  // Ana has three.
  const kept = new LoginThrottle(new ManualClock())
  tries(kept, ana, 4)
  countOthers(kept, 9_997)
  expect(tries(kept, ana, 2)).toEqual([undefined, 5])

  const lost = new LoginThrottle(new ManualClock())
  tries(lost, ana, 4)
  countOthers(lost, 9_998)
  expect(tries(lost, ana, 6)).toEqual([...free, 5])
})

import { expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { LoginThrottle } from './login-throttle.js'

const ana = { name: 'ana', address: '203.0.113.7' }

function fail(throttle: LoginThrottle, caller: typeof ana, times: number): (number | undefined)[] {
  return Array.from({ length: times }, () => throttle.begin(caller))
}

test('holds up the sixth try of an account from one address, and no other account or address', () => {
  const throttle = new LoginThrottle(new ManualClock())
  expect(fail(throttle, ana, 6)).toEqual([...Array(5).fill(undefined), 5])
  expect(throttle.begin({ ...ana, address: '203.0.113.8' })).toBeUndefined()
  expect(throttle.begin({ ...ana, name: 'bia' })).toBeUndefined()
})

test('hears the next one when the wait is over, and then waits twice as long', async () => {
  const clock = new ManualClock()
  const throttle = new LoginThrottle(clock)
  fail(throttle, ana, 5)
  await clock.advance(4_999)
  expect(throttle.begin(ana)).toBe(1)
  await clock.advance(1)
  expect(throttle.begin(ana)).toBeUndefined()
  expect(throttle.begin(ana)).toBe(10)
})

test('forgets the failures of whoever was right after all', () => {
  const throttle = new LoginThrottle(new ManualClock())
  for (let round = 0; round < 8; round += 1) {
    expect(fail(throttle, ana, 3)).toEqual([undefined, undefined, undefined])
    throttle.succeeded(ana)
  }
})

test('counts an IPv6 network as one address', () => {
  const throttle = new LoginThrottle(new ManualClock())
  const waits = Array.from({ length: 6 }, (_, index) =>
    throttle.begin({ name: 'ana', address: `2001:db8:1:2:${index}::1` }),
  )
  expect(waits.at(-1)).toBe(5)
  expect(throttle.begin({ name: 'ana', address: '2001:db8:1:3::1' })).toBeUndefined()
})

test('holds up an address that tries many accounts', () => {
  const throttle = new LoginThrottle(new ManualClock())
  const waits = Array.from({ length: 22 }, (_, index) =>
    throttle.begin({ name: `name-${index}`, address: ana.address }),
  )
  expect(waits.slice(0, 21).every((wait) => wait === undefined)).toBe(true)
  expect(waits.at(-1)).toBe(5)
})

test('a login that succeeds gives back its own tries, and none that others made at its address', () => {
  const throttle = new LoginThrottle(new ManualClock())
  for (let name = 0; name < 20; name += 1)
    throttle.begin({ name: `name-${name}`, address: ana.address })
  expect(throttle.begin(ana)).toBeUndefined()
  throttle.succeeded(ana)
  expect(throttle.begin({ name: 'one more', address: ana.address })).toBeUndefined()
  expect(throttle.begin({ name: 'another', address: ana.address })).toBe(5)
})

test('a login that succeeds gives back its own tries, and none that others made at its account', () => {
  const throttle = new LoginThrottle(new ManualClock())
  for (let host = 0; host < 50; host += 1)
    throttle.begin({ name: 'ana', address: `198.51.100.${host}` })
  expect(throttle.begin(ana)).toBeUndefined()
  throttle.succeeded(ana)
  expect(throttle.begin({ name: 'ana', address: '198.51.100.100' })).toBeUndefined()
  expect(throttle.begin({ name: 'ana', address: '198.51.100.101' })).toBe(1)
})

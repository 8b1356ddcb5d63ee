import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeaseTime, leaseTimesOf } from './lease-time.js'

test('counts from the moment at which the heartbeat was sent', () => {
  let now = 0
  const time = new LeaseTime(leaseTimesOf(12_000), () => now)
  expect(time.isOver).toBe(true)
  const answered = time.heartbeat()
  now = 3_000
  expect(time.isOver).toBe(true)
  answered()
  expect(time.leftMs).toBe(5_000)
  now = 8_000
  expect(time.isOver).toBe(true)
})

test('an answer that comes late shortens nothing that counts already', () => {
  let now = 0
  const time = new LeaseTime(leaseTimesOf(12_000), () => now)
  const late = time.heartbeat()
  now = 1_000
  time.heartbeat()()
  late()
  expect(time.leftMs).toBe(8_000)
})

test('ends before the database lets others in, also by a clock that is slow by a quarter', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3_000, max: 120_000 }),
      fc.double({ min: 0.75, max: 1.33, noNaN: true }),
      fc.nat(20_000),
      (leaseMs, rate, travelMs) => {
        let trueMs = 0
        const time = new LeaseTime(leaseTimesOf(leaseMs), () => trueMs * rate)
        const answered = time.heartbeat()
        trueMs = travelMs
        const storedAt = trueMs
        trueMs += travelMs
        answered()
        trueMs = Math.max(trueMs, storedAt + leaseMs)
        expect(time.isOver).toBe(true)
      },
    ),
  )
})

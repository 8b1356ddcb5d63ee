import { expect, test } from 'vitest'
import { endsAt, isAlive, isWorthNoting } from './session-lifetime.js'

const hourMs = 3_600_000
const weekMs = 168 * hourMs

test('a login ends eight hours after it was last seen, and after a week in any case', () => {
  expect(endsAt({ createdAt: 1_000, lastSeenAt: 5_000 })).toBe(5_000 + 8 * hourMs)
  expect(endsAt({ createdAt: 1_000, lastSeenAt: weekMs })).toBe(1_000 + weekMs)
})

test('a login is alive until the very moment of its end', () => {
  const login = { createdAt: 0, lastSeenAt: 0 }
  expect(isAlive(login, 8 * hourMs - 1)).toBe(true)
  expect(isAlive(login, 8 * hourMs)).toBe(false)
})

test('a login that was seen a minute ago is noted again, and none before', () => {
  const login = { createdAt: 0, lastSeenAt: 1_000 }
  expect(isWorthNoting(login, 60_999)).toBe(false)
  expect(isWorthNoting(login, 61_000)).toBe(true)
})

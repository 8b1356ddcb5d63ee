import { beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { Presences, type Standing } from './presence.js'

const member = instanceIdOf('3A')
const other = instanceIdOf('3B')

let clock: ManualClock
let standing: Standing
let presences: Presences

beforeEach(() => {
  clock = new ManualClock()
  standing = 'open'
  presences = new Presences({ clock, standingOf: () => standing })
})

test('a member with a connection is open, and one that needs a person is away', () => {
  expect(presences.of(member)).toBe('open')
  standing = 'gone'
  expect(presences.of(member)).toBe('away')
})

test('a lost connection is expected back for two seconds', () => {
  standing = 'lost'
  expect(presences.of(member)).toBe('coming')
  clock.jump(1_999)
  expect(presences.of(member)).toBe('coming')
  clock.jump(1)
  expect(presences.of(member)).toBe('away')
})

test('the time of each lost connection counts from its own loss', () => {
  standing = 'lost'
  presences.of(member)
  clock.jump(2_000)
  expect(presences.of(other)).toBe('coming')
  expect(presences.of(member)).toBe('away')

  standing = 'open'
  presences.of(member)
  standing = 'lost'
  expect(presences.of(member)).toBe('coming')
})

test('a clock that was set back lengthens no wait', () => {
  standing = 'lost'
  presences.of(member)
  clock.jump(-3_600_000)
  expect(presences.of(member)).toBe('away')
})

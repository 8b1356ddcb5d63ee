import { expect, test } from 'vitest'
import type { InstanceId } from '../domain/instance.js'
import { factsOf, type NumberStanding, type Standing, type Thresholds } from './faults.js'

// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const instanceId = '3A5B7C9D1E2F3A4B' as InstanceId
const now = 1_000_000
const look = (
  number: Partial<NumberStanding>,
  thresholds: Thresholds = {},
  more: Partial<Standing> = {},
) => {
  const numbers = [{ instanceId, name: 'Loja', isOpen: true, ...number }]
  const standing = { now, numbers, receivers: [], silentReceivers: [], ...more }
  const { wrong, unknown } = factsOf(standing, thresholds)
  return { kinds: wrong.map(({ subject }) => subject.kind), unknown: [...unknown] }
}
const away = (reason: 'network' | 'banned' | 'suspended' | 'closed-by-us' | 'logged-out') =>
  look({ isOpen: false, disconnection: { reason, since: 5 } }).kinds

test('a number that is away is down, or banned where WhatsApp says so', () => {
  expect(away('network')).toEqual(['number-down'])
  expect(away('logged-out')).toEqual(['number-down'])
  expect(away('banned')).toEqual(['number-banned'])
  expect(away('suspended')).toEqual(['number-banned'])
})

test('a number that was let go on purpose, or is open, is not wrong', () => {
  expect(away('closed-by-us')).toEqual([])
  expect(look({})).toEqual({ kinds: [], unknown: [] })
})

test('a number that has not connected since the start is unknown', () => {
  expect(look({ isOpen: false }).unknown).toEqual(
    ['number-down', 'number-banned', 'queue-late'].map((kind) => `${kind} ${instanceId}`),
  )
})

test('a queue is late from the threshold on, and not while its number is away', () => {
  const thresholds = { queueOlderThanSeconds: 60 }
  const oldestWaitingAt = now - 60_000
  expect(look({ oldestWaitingAt }, thresholds).kinds).toEqual(['queue-late'])
  expect(look({ oldestWaitingAt: oldestWaitingAt + 1 }, thresholds).kinds).toEqual([])
  expect(look({ oldestWaitingAt }).kinds).toEqual([])
  expect(look({ oldestWaitingAt, isOpen: false }, thresholds).kinds).toEqual([])
})

test('a restriction, a receiver and a disk are wrong on their own', () => {
  expect(look({ restrictedUntil: now + 1 }).kinds).toEqual(['number-restricted'])
  const receiver = { key: 'r', instanceId, name: 'Loja', host: 'h', since: 1, reason: 'HTTP 500' }
  expect(look({}, {}, { receivers: [receiver] }).kinds).toEqual(['receiver-failing'])
  expect(look({}, {}, { silentReceivers: ['r'] }).unknown).toEqual(['r'])
  const disk = { diskBelowMegabytes: 100 }
  expect(look({}, disk, { freeMegabytes: 99 }).kinds).toEqual(['disk-low'])
  expect(look({}, disk, { freeMegabytes: 100 }).kinds).toEqual([])
})

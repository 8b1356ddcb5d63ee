import { expect, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import { silentLog } from '../runtime/telemetry.js'
import { SessionEvents } from './session-events.js'

const hourMs = 3_600_000

function sessionEvents() {
  const clock = new ManualClock()
  const events = new SessionEvents({ instanceId: '3A' as InstanceId, clock, log: silentLog })
  const told: string[] = []
  const trouble: { cause: Error | undefined } = { cause: new StoreUnavailableError() }
  const tell = (name: string) =>
    events.tell(async () => {
      if (trouble.cause !== undefined) throw trouble.cause
      told.push(name)
    })
  return { clock, events, told, trouble, tell }
}

/** Lets an hour go by, sleep by sleep. */
async function anHour(clock: ManualClock): Promise<void> {
  const until = clock.now() + hourMs
  while (clock.now() < until) await clock.advance(2_000)
}

test('a database that is away for an hour is waited for, and all is told in order', async () => {
  const { clock, told, trouble, tell } = sessionEvents()
  const all = ['a', 'b', 'c'].map(tell)
  await anHour(clock)
  expect(told).toEqual([])
  trouble.cause = undefined
  await clock.advance(2_000)
  await Promise.all(all)
  expect(told).toEqual(['a', 'b', 'c'])
})

test('what fails for another reason is dropped after five tries, and other events go on', async () => {
  const { clock, events, told, trouble, tell } = sessionEvents()
  trouble.cause = undefined
  let tries = 0
  const broken = events.tell(async () => {
    tries += 1
    throw new Error('a bug')
  })
  const next = tell('next')
  await anHour(clock)
  await expect(broken).rejects.toThrow('a bug')
  await next
  expect([tries, told]).toEqual([5, ['next']])
})

test('who waits until all is told does not wait for a database that is away, but for what it is told of', async () => {
  const { clock, events, told, trouble, tell } = sessionEvents()
  const waited = events.settled()
  void tell('a')
  const settled = events.settled()
  await clock.advance(200)
  await clock.advance(10_000)
  await Promise.all([waited, settled, events.settled()])
  expect(told).toEqual([])

  trouble.cause = undefined
  await anHour(clock)
  void tell('b')
  await events.settled()
  expect(told).toEqual(['a', 'b'])
})

test('more than a thousand do not wait', async () => {
  const { clock, tell } = sessionEvents()
  const all = Array.from({ length: 1_002 }, (_, index) => tell(String(index)))
  const ends: string[] = []
  for (const each of all) each.catch(() => ends.push('given up'))
  await anHour(clock)
  expect(ends).toEqual(['given up', 'given up'])
})

test('no caller waits after the end', async () => {
  const { clock, events, tell } = sessionEvents()
  const told = tell('a')
  await anHour(clock)
  events.hurry()
  await expect(told).rejects.toThrow(StoreUnavailableError)
  await events.settled()
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AttemptOutcome, isStale, longestLifeMs, nextStep, waitsMs } from './delivery-retry.js'

const hourMs = 3_600_000
const middle = (): number => 0.5
const silence: AttemptOutcome = { kind: 'unanswered' }
const answered = (statusCode: number, retryAfter?: string): AttemptOutcome => ({
  kind: 'answered',
  statusCode,
  retryAfter,
})

/** The moments of all attempts on an endpoint that never takes it. */
function attemptTimes(outcome: AttemptOutcome, random: () => number): readonly number[] {
  const times = [0]
  for (;;) {
    const now = times.at(-1) ?? 0
    const step = nextStep({ attempts: times.length, createdAt: 0 }, outcome, now, random)
    if (step.kind !== 'retry') return times
    times.push(step.at)
  }
}

describe('the schedule', () => {
  test('makes ten attempts over about 75 hours', () => {
    const times = attemptTimes(silence, middle)
    expect(times).toHaveLength(10)
    expect((times.at(-1) ?? 0) / hourMs).toBeCloseTo(75.6, 1)
  })

  test('tries for the second time after about five seconds', () => {
    expect(attemptTimes(silence, middle)[1]).toBe(5_000)
  })

  test('keeps ten attempts in growing distance, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        (draws) => {
          let drawn = 0
          const times = attemptTimes(silence, () => draws[drawn++ % draws.length] ?? 0)
          expect(times).toHaveLength(waitsMs.length)
          times.slice(1).forEach((at, index) => {
            const gapMs = at - (times[index] ?? 0)
            const plannedMs = waitsMs[index + 1] ?? 0
            expect(gapMs).toBeGreaterThanOrEqual(plannedMs * 0.9 - 1)
            expect(gapMs).toBeLessThanOrEqual(plannedMs * 1.1 + 1)
          })
        },
      ),
    )
  })
})

describe('an answer', () => {
  test.each([200, 201, 202, 204, 299])('%i is done', (statusCode) => {
    expect(nextStep({ attempts: 1, createdAt: 0 }, answered(statusCode), 0)).toEqual({
      kind: 'done',
    })
  })

  test.each([199, 300, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503])(
    '%i is tried again',
    (statusCode) => {
      expect(nextStep({ attempts: 1, createdAt: 0 }, answered(statusCode), 0, middle)).toEqual({
        kind: 'retry',
        at: 5_000,
      })
    },
  )

  test('410 ends it at the first attempt', () => {
    expect(nextStep({ attempts: 1, createdAt: 0 }, answered(410), 0)).toEqual({ kind: 'gone' })
  })

  test('a 2xx counts even when the delivery is older than the schedule', () => {
    const late = nextStep({ attempts: 10, createdAt: 0 }, answered(200), longestLifeMs * 2)
    expect(late).toEqual({ kind: 'done' })
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z')
  const waitMs = (header: string, attempts = 1): number => {
    const step = nextStep({ attempts, createdAt: now }, answered(503, header), now, middle)
    return step.kind === 'retry' ? step.at - now : Number.NaN
  }

  test('in seconds puts the next attempt off', () => {
    expect(waitMs('120')).toBe(120_000)
  })

  test('as an HTTP date puts the next attempt off', () => {
    expect(waitMs('Mon, 23 Nov 2026 10:30:00 GMT')).toBe(1_800_000)
  })

  test('counts with space around it', () => {
    expect(waitMs(' 120 ')).toBe(120_000)
  })

  test('never brings the next attempt forward', () => {
    expect(waitMs('1', 4)).toBe(2 * hourMs)
    expect(waitMs('Mon, 23 Nov 2026 09:00:00 GMT', 4)).toBe(2 * hourMs)
  })

  test('is bounded by a day', () => {
    expect(waitMs('99999999999999')).toBe(24 * hourMs)
    expect(waitMs('Mon, 23 Nov 2099 10:00:00 GMT')).toBe(24 * hourMs)
  })

  test.each(['', 'soon', '-5', '1.5.2', 'NaN', '120x', 'x120'])('%j is ignored', (header) => {
    expect(waitMs(header)).toBe(5_000)
  })
})

test('what waited in its lane for longer than the schedule ends with its first failure', () => {
  const step = nextStep({ attempts: 1, createdAt: 0 }, silence, longestLifeMs, middle)
  expect(step).toEqual({ kind: 'dead' })
})

test('the longest life is that of the longest draw of the schedule', () => {
  const latest = attemptTimes(silence, () => 1).at(-1) ?? 0
  expect(longestLifeMs).toBeGreaterThanOrEqual(latest)
  expect(longestLifeMs).toBeLessThan(latest + hourMs)
})

test.each([
  ['chat.presence-changed', 29_999, false],
  ['chat.presence-changed', 30_000, true],
  ['message.received', 30_000, false],
  ['message.received', longestLifeMs, false],
] as const)('%s that is %i ms old is stale: %s', (eventKind, ageMs, expected) => {
  expect(isStale({ eventKind, createdAt: 1_000_000 }, 1_000_000 + ageMs)).toBe(expected)
})

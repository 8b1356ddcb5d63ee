import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, dayIn, endOfHours, isTimeZone, minuteOf } from './local-day.js'

const hourMs = 3_600_000
// Berlin and Cairo change their clocks, Cairo at midnight; Kathmandu is 5:45 off.
const timeZones = [
  'UTC',
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
]
const aTimeZone = fc.constantFrom(...timeZones)
const aMoment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })

const berlin = (time: string) => Date.parse(`2026-07-01T${time}:00+02:00`)

function dateOf(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)
}

describe('a day', () => {
  it('has the moment in it, and the same date from its first to its last millisecond', () => {
    fc.assert(
      fc.property(aTimeZone, aMoment, (timeZone, now) => {
        const { date, startsAt, endsAt } = dayIn(timeZone, now)
        const text = dateOf(timeZone, now)
        expect(String(date)).toBe(text.replaceAll('-', ''))
        expect(startsAt <= now && now < endsAt).toBe(true)
        expect([startsAt, endsAt - 1].map((at) => dateOf(timeZone, at))).toEqual([text, text])
        expect([startsAt - 1, endsAt].map((at) => dateOf(timeZone, at))).not.toContain(text)
      }),
    )
  })

  it('is followed by the next ones', () => {
    fc.assert(
      fc.property(aTimeZone, aMoment, fc.integer({ min: 1, max: 60 }), (timeZone, now, days) => {
        let day = dayIn(timeZone, now)
        const far = dayAfter(timeZone, day, days)
        for (let each = 0; each < days; each += 1) day = dayIn(timeZone, day.endsAt)
        expect(far).toEqual(day)
      }),
      { numRuns: 30 },
    )
  })

  it('of São Paulo begins at 3 in London’s winter', () => {
    const at = Date.UTC(2026, 10, 29, 2, 59)
    expect(dayIn('America/Sao_Paulo', at)).toEqual({
      date: 20_261_128,
      startsAt: Date.UTC(2026, 10, 28, 3),
      endsAt: Date.UTC(2026, 10, 29, 3),
    })
  })
})

describe('hours of the day', () => {
  const night = { from: '22:00', to: '08:00' }

  it.each([
    ['21:59', undefined],
    ['22:00', '2026-07-02T08:00:00+02:00'],
    ['07:59', '2026-07-01T08:00:00+02:00'],
    ['08:00', undefined],
  ])('at %s end %s', (time, end) => {
    expect(endOfHours('Europe/Berlin', night, berlin(time))).toBe(end && Date.parse(end))
  })

  it('end at their time although the clocks change in between', () => {
    // On 2026-10-25 at 3:00 the clocks of Berlin go back by an hour.
    const now = Date.parse('2026-10-24T23:00:00+02:00')
    expect(endOfHours('Europe/Berlin', night, now)).toBe(Date.parse('2026-10-25T08:00:00+01:00'))
  })

  it('are none where they are not set, or begin when they end', () => {
    for (const hours of [
      { from: '', to: '' },
      { from: '08:00', to: '08:00' },
    ])
      expect(endOfHours('UTC', hours, Date.UTC(2026, 0, 1, 8))).toBeUndefined()
  })

  it('are over at the moment at which they are said to end', () => {
    const aTime = fc
      .integer({ min: 0, max: 1_439 })
      .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16))
    fc.assert(
      fc.property(aTimeZone, aMoment, aTime, aTime, (timeZone, now, from, to) => {
        const end = endOfHours(timeZone, { from, to }, now)
        if (end === undefined) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(25 * hourMs)
      }),
    )
  })
})

it('a time of day has hours and minutes', () => {
  expect(['08:30', '23:59', '00:00'].map(minuteOf)).toEqual([510, 1_439, 0])
  expect(['24:00', '8:30', '08:60', '', '08:30:00'].map(minuteOf)).toEqual(Array(5).fill(undefined))
})

it('a time zone is known by its name', () => {
  expect(['America/Sao_Paulo', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

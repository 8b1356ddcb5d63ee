/** Days and hours of the day by the calendar, also where the clocks change. */

import { expect, it } from 'vitest'
import { dayAfter, dayIn, endOfHours, minuteOf } from './local-day.js'

const night = { from: '22:00', to: '08:00' }

it.each([
  ['UTC', '2026-01-01T00:00:00Z', 1, 20_260_102, '2026-01-02T00:00:00Z', 24],
  ['UTC', '2026-01-01T23:59:59Z', 9, 20_260_110, '2026-01-10T00:00:00Z', 24],
  ['UTC', '2026-01-01T12:00:00Z', 365, 20_270_101, '2027-01-01T00:00:00Z', 24],
  ['Europe/Berlin', '2026-10-24T12:00:00+02:00', 1, 20_261_025, '2026-10-25T00:00:00+02:00', 25],
  ['Europe/Berlin', '2026-10-24T12:00:00+02:00', 2, 20_261_026, '2026-10-26T00:00:00+01:00', 24],
  ['Europe/Berlin', '2026-03-28T12:00:00+01:00', 1, 20_260_329, '2026-03-29T00:00:00+01:00', 23],
])('in %s the day of %s and %i more is %i', (timeZone, now, count, date, start, hours) => {
  const startsAt = Date.parse(start)
  const day = dayAfter(timeZone, dayIn(timeZone, Date.parse(now)), count)
  expect(day).toEqual({ date, startsAt, endsAt: startsAt + hours * 3_600_000 })
})

it.each([
  ['2026-07-01T22:00:30.500+02:00', '2026-07-02T08:00:00+02:00'],
  ['2026-07-01T07:59:59.999+02:00', '2026-07-01T08:00:00+02:00'],
  ['2026-03-28T23:00:00+01:00', '2026-03-29T08:00:00+02:00'],
  ['2026-10-24T23:00:00+02:00', '2026-10-25T08:00:00+01:00'],
])('the night that %s is in ends at %s', (now, end) => {
  expect(endOfHours('Europe/Berlin', night, Date.parse(now))).toBe(Date.parse(end))
})

it('hours without a beginning or an end are none', () => {
  const now = Date.UTC(2026, 0, 1, 23)
  expect(endOfHours('UTC', night, now)).toBeDefined()
  for (const hours of [
    { ...night, from: '' },
    { ...night, to: '' },
    { from: '23:00', to: '23:00' },
  ])
    expect(endOfHours('UTC', hours, now)).toBeUndefined()
})

it('a time of day has nothing before it', () => {
  expect(['108:30', 'x08:30', ' 08:30'].map(minuteOf)).toEqual(Array(3).fill(undefined))
})

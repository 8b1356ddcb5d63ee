import { expect, it } from 'vitest'
import { timeOfEvent } from './event-time.js'

it.each([
  ['2024-04-29T09:30:53.309Z', 'UTC-3', '2024-04-29T09:30:53.309Z'],
  ['2026-12-24T18:00:00-03:00', 'America/New_York', '2026-12-24T21:00:00.000Z'],
  ['2026-12-24T18:00', 'UTC-3', '2026-12-24T21:00:00.000Z'],
  ['2026-12-24T18:00:00', '-03:30', '2026-12-24T21:30:00.000Z'],
  ['2026-12-24T18:00:00', 'America/Sao_Paulo', '2026-12-24T21:00:00.000Z'],
  // Clocks went back an hour at 03:00 in the morning of that day.
  ['2026-10-25T04:00:00', 'Europe/Berlin', '2026-10-25T03:00:00.000Z'],
  ['2026-10-25T01:00:00', 'Europe/Berlin', '2026-10-24T23:00:00.000Z'],
  ['2026-12-24T18:00:00', undefined, '2026-12-24T18:00:00.000Z'],
  ['2026-12-24', 'Asia/Tokyo', '2026-12-23T15:00:00.000Z'],
] as const)('%s in %s is %s', (dateTime, timeZone, moment) => {
  expect(new Date(timeOfEvent(dateTime, timeZone)).toISOString()).toBe(moment)
})

it.each(['', 'tomorrow', '12/24/2026', '2026-13-01T00:00', '1766600000'])(
  '%j is no date',
  (text) => {
    expect(() => timeOfEvent(text, undefined)).toThrow('event.dateTime')
  },
)

/** What is kept of time zones and days, so that a queue that asks each second costs little. */

import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest'
import { dayIn, endOfHours, isTimeZone } from './local-day.js'

const dayMs = 24 * 3_600_000
const firstOf2026 = Date.UTC(2026, 0, 1)
/** So many zones are kept, and as many days. */
const most = 1_000

let names = 0
/** Buenos Aires in a spelling that this process has not used: capitals and small letters are the same in names. */
function aNewName(): string {
  names += 1
  let letters = 0
  return 'america/argentina/buenos_aires'.replaceAll(/[a-z]/gu, (letter) =>
    (names >> letters++) % 2 === 1 ? letter.toUpperCase() : letter,
  )
}

let asked: MockInstance<Intl.DateTimeFormat['formatToParts']>
beforeEach(() => {
  asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts')
})
afterEach(() => asked.mockRestore())

/** How often the calendar is asked meanwhile. */
function looks(work: () => unknown): number {
  asked.mockClear()
  work()
  return asked.mock.calls.length
}

it('a zone that was never asked for tells its day and its hours', () => {
  const now = Date.parse('2026-07-01T22:30:00-03:00')
  expect(dayIn(aNewName(), now)).toEqual({
    date: 20_260_701,
    startsAt: Date.parse('2026-07-01T00:00:00-03:00'),
    endsAt: Date.parse('2026-07-02T00:00:00-03:00'),
  })
  const midnight = Date.parse('2026-07-02T00:00:00-03:00')
  expect(endOfHours(aNewName(), { from: '22:00', to: '00:00' }, now)).toBe(midnight)
  expect(endOfHours(aNewName(), { from: '22:00', to: '08:00' }, midnight)).toBe(
    midnight + dayMs / 3,
  )
})

it('a day is looked up once, from its first to its last moment', () => {
  const zone = aNewName()
  const day = dayIn(zone, firstOf2026)
  for (const now of [day.startsAt, firstOf2026, day.endsAt - 1])
    expect(looks(() => expect(dayIn(zone, now)).toBe(day))).toBe(1)
  expect(looks(() => dayIn(zone, day.endsAt))).toBeGreaterThan(10)
})

it('the day that a zone knows is not that of another', () => {
  const [zone, day] = ['Asia/Tokyo', dayIn('Asia/Tokyo', firstOf2026)]
  expect(dayIn('America/Sao_Paulo', firstOf2026)).toMatchObject({ date: 20_251_231 })
  expect(dayIn(zone, firstOf2026)).toBe(day)
})

it('a thousand days are kept, and forgotten together', () => {
  const zone = aNewName()
  let days = 0
  const aNewDay = () => dayIn(zone, firstOf2026 + (days += 1) * dayMs)
  const isKept = () => looks(() => dayIn(zone, firstOf2026)) === 1
  isKept()
  while (isKept()) aNewDay()
  // The newest day and this one are kept now.
  for (let kept = 2; kept < most; kept += 1) aNewDay()
  expect(isKept()).toBe(true)
  aNewDay()
  expect(isKept()).toBe(false)
})

it('a thousand zones are kept, and forgotten together', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  try {
    const isMade = (name: string) => {
      made.mockClear()
      expect(isTimeZone(name)).toBe(true)
      return made.mock.calls.length > 0
    }
    const first = aNewName()
    isMade(first)
    while (!isMade(first)) isMade(aNewName())
    // The newest name and the first one are kept now.
    for (let kept = 2; kept < most; kept += 1) isMade(aNewName())
    expect(isMade(first)).toBe(false)
    isMade(aNewName())
    expect(isMade(first)).toBe(true)
  } finally {
    made.mockRestore()
  }
})

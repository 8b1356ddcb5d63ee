/** Days and times of day in a time zone. */

import type { EpochMs } from '../../domain/time.js'

export interface LocalDay {
  /** As `20261129`. */
  readonly date: number
  readonly startsAt: EpochMs
  /** The first moment of the next day. */
  readonly endsAt: EpochMs
}

const hourMs = 3_600_000
const minuteMs = 60_000
const minutesADay = 1_440

const formats = new Map<string, Intl.DateTimeFormat>()
const days = new Map<string, LocalDay>()
/** Callers choose from some hundred names. */
const mostKept = 1_000

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** The day of this moment. Throws `RangeError` for an unknown time zone. */
export function dayIn(timeZone: string, now: EpochMs): LocalDay {
  const { date } = localTime(timeZone, now)
  const key = `${timeZone} ${date}`
  const known = days.get(key)
  if (known !== undefined && known.startsAt <= now && now < known.endsAt) return known
  const isBefore = (at: EpochMs) => localTime(timeZone, at).date < date
  const isUpTo = (at: EpochMs) => localTime(timeZone, at).date <= date
  // No day is longer than 25 hours, but for those that a country left out.
  const startsAt = firstAfter(now - 50 * hourMs, now, isBefore)
  const endsAt = firstAfter(now, now + 50 * hourMs, isUpTo)
  const day = { date, startsAt, endsAt }
  if (days.size >= mostKept) days.clear()
  days.set(key, day)
  return day
}

/** The day so many days after this one. */
export function dayAfter(timeZone: string, { endsAt }: LocalDay, count: number): LocalDay {
  // Noon is the same date whatever the clocks did in between.
  return dayIn(timeZone, endsAt + (count - 1) * 24 * hourMs + 12 * hourMs)
}

/**
 * When the time between `from` and `to` ends, if it is that time now; `undefined` if not. Times are
 * `HH:MM`, and `to` may be on the next day.
 */
export function endOfHours(
  timeZone: string,
  { from, to }: { readonly from: string; readonly to: string },
  now: EpochMs,
): EpochMs | undefined {
  const [begin, end] = [minuteOf(from), minuteOf(to)]
  if (begin === undefined || end === undefined || begin === end) return undefined
  const { minute } = localTime(timeZone, now)
  const since = (minute - begin + minutesADay) % minutesADay
  const lasts = (end - begin + minutesADay) % minutesADay
  if (since >= lasts) return undefined
  const guess = now - (now % minuteMs) + (lasts - since) * minuteMs
  // The clocks may change in between.
  const off = (localTime(timeZone, guess).minute - end + minutesADay) % minutesADay
  const late = off > minutesADay / 2 ? off - minutesADay : off
  return Math.max(now + 1, guess - late * minuteMs)
}

/** `undefined` if it is no time of day. */
export function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(time) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  if (formats.size >= mostKept) formats.clear()
  formats.set(timeZone, format)
  return format
}

function localTime(
  timeZone: string,
  at: EpochMs,
): { readonly date: number; readonly minute: number } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  return {
    date: of('year') * 10_000 + of('month') * 100 + of('day'),
    minute: of('hour') * 60 + of('minute'),
  }
}

/** The first moment at which `isBefore` does not hold any more: it holds from `low` to some moment before `high`. */
function firstAfter(low: EpochMs, high: EpochMs, isBefore: (at: EpochMs) => boolean): EpochMs {
  let [before, after] = [low, high]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (isBefore(middle)) before = middle
    else after = middle
  }
  return after
}

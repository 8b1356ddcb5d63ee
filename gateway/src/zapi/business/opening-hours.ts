/** Opening hours as Z-API writes them, in our words and back. */

import { Type } from 'typebox'
import { type BusinessHours, type Opening, type Weekday, weekdays } from '../../domain/business.js'
import { InvalidRequestError } from '../error-replies.js'

const dayNames: Readonly<Record<Weekday, string>> = {
  sun: 'SUNDAY',
  mon: 'MONDAY',
  tue: 'TUESDAY',
  wed: 'WEDNESDAY',
  thu: 'THURSDAY',
  fri: 'FRIDAY',
  sat: 'SATURDAY',
}

const modes = {
  specificHours: 'hours',
  open24h: 'all-day',
  appointmentOnly: 'by-appointment',
} as const
const modeNames = ['specificHours', 'open24h', 'appointmentOnly'] as const
type Mode = (typeof modeNames)[number]

/** Two ranges a day, seven days. */
const mostOpenings = 14

const time = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description, examples: ['08:00'] }),
  )

export const hoursBody = {
  timezone: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'The IANA name of the time zone.',
    examples: ['America/Sao_Paulo'],
  }),
  mode: Type.Optional(
    Type.Enum([...modeNames], { description: 'Of all the days. specificHours if unset.' }),
  ),
  days: Type.Optional(
    Type.Array(
      Type.Object({
        dayOfWeek: Type.Enum(Object.values(dayNames), {
          description: 'The day. With two openings it stands in the list twice.',
        }),
        openTime: time('When it opens. Only with specificHours.'),
        closeTime: time('When it closes. Only with specificHours.'),
      }),
      {
        maxItems: mostOpenings,
        description:
          'The open days. Required with specificHours; the whole week with another mode if unset.',
      },
    ),
  ),
}

interface HoursGiven {
  readonly timezone: string
  readonly mode?: string
  readonly days?: readonly {
    readonly dayOfWeek: string
    readonly openTime?: string
    readonly closeTime?: string
  }[]
}

/** Throws `InvalidRequestError`. */
export function hoursOf({ timezone, mode: given, days = [] }: HoursGiven): BusinessHours {
  const mode = modeNames.find((name) => name === given) ?? 'specificHours'
  if (!isTimezone(timezone))
    throw new InvalidRequestError(
      'timezone is no time zone. Give its IANA name, such as America/Sao_Paulo',
    )
  if (mode === 'specificHours' && days.length === 0)
    throw new InvalidRequestError('days is required with the mode specificHours')
  const openings =
    days.length === 0
      ? weekdays.map((day) => openingOf(day, mode, {}, 0))
      : days.map((each, index) => openingOf(weekdayOf(each.dayOfWeek), mode, each, index))
  for (const [index, { day }] of openings.entries())
    if (openings.filter((other) => other.day === day).length > (mode === 'specificHours' ? 2 : 1))
      throw new InvalidRequestError(`days[${index}] names a day too often`)
  return { timezone, openings }
}

/** What a day that is open without hours has in place of its times is null. */
export function hoursAnswer(hours: BusinessHours | undefined): object | null {
  if (hours === undefined) return null
  const days = hours.openings.map((opening) => ({
    dayOfWeek: dayNames[opening.day],
    openTime: opening.mode === 'hours' ? clockTime(opening.opensAtMinute) : null,
    closeTime: opening.mode === 'hours' ? clockTime(opening.closesAtMinute) : null,
  }))
  const mode =
    modeNames.find((name) => hours.openings.some((opening) => opening.mode === modes[name])) ??
    'specificHours'
  return { timezone: hours.timezone, days, mode }
}

function openingOf(
  day: Weekday,
  mode: Mode,
  { openTime, closeTime }: { readonly openTime?: string; readonly closeTime?: string },
  index: number,
): Opening {
  if (mode !== 'specificHours') return { day, mode: modes[mode] }
  if (openTime === undefined)
    throw new InvalidRequestError(`days[${index}].openTime is required with specificHours`)
  if (closeTime === undefined)
    throw new InvalidRequestError(`days[${index}].closeTime is required with specificHours`)
  if (openTime === closeTime)
    throw new InvalidRequestError(`days[${index}].closeTime is the same as openTime`)
  return {
    day,
    mode: 'hours',
    opensAtMinute: minuteOf(openTime),
    closesAtMinute: minuteOf(closeTime),
  }
}

function weekdayOf(name: string): Weekday {
  const found = weekdays.find((day) => dayNames[day] === name)
  if (found === undefined) throw new InvalidRequestError('dayOfWeek is no day')
  return found
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function minuteOf(text: string): number {
  const [hour = '0', minute = '0'] = text.split(':')
  return Number(hour) * 60 + Number(minute)
}

function clockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60]
    .map((value) => String(value).padStart(2, '0'))
    .join(':')
}

/** Days and times as WhatsApp names them. The zone is a parameter so that tests need no machine's own. */

import type { MessageView } from '../../simulator/src/control-answers.js'

export interface Calendar {
  readonly language: 'en' | 'pt'
  /** The system's when left out. */
  readonly timeZone?: string
}

export interface DayWords {
  readonly today: string
  readonly yesterday: string
}

const DAY_MS = 86_400_000
const locales = { en: 'en-GB', pt: 'pt-BR' } as const

/** `14:05` */
export function clockOf(at: number, { language, timeZone }: Calendar): string {
  return formatter(language, timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
}

/** Today, yesterday, the weekday within a week, else the date. */
export function dayOf(at: number, now: number, calendar: Calendar, words: DayWords): string {
  const daysAgo = dayNumber(now, calendar) - dayNumber(at, calendar)
  if (daysAgo === 0) return words.today
  if (daysAgo === 1) return words.yesterday
  const { language, timeZone } = calendar
  if (daysAgo > 1 && daysAgo < 7) {
    const name = formatter(language, timeZone, { weekday: 'long' }).format(at)
    return name.charAt(0).toUpperCase() + name.slice(1)
  }
  return formatter(language, timeZone, { day: 'numeric', month: 'long', year: 'numeric' }).format(
    at,
  )
}

/** For the chat list: the time of today, `Yesterday`, else the short date. */
export function stampOf(at: number, now: number, calendar: Calendar, words: DayWords): string {
  const daysAgo = dayNumber(now, calendar) - dayNumber(at, calendar)
  if (daysAgo === 0) return clockOf(at, calendar)
  if (daysAgo === 1) return words.yesterday
  const { language, timeZone } = calendar
  return formatter(language, timeZone, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(at)
}

export interface Day {
  /** The moment of its first message. */
  readonly at: number
  readonly messages: readonly MessageView[]
}

/** Messages in their order, cut where the calendar day changes. */
export function daysOf(messages: readonly MessageView[], calendar: Calendar): readonly Day[] {
  const days: { at: number; messages: MessageView[] }[] = []
  let number: number | undefined
  for (const message of messages) {
    const its = dayNumber(message.at, calendar)
    if (its !== number) days.push({ at: message.at, messages: [] })
    number = its
    days.at(-1)?.messages.push(message)
  }
  return days
}

/** Counts days of the calendar: two moments of one day have one number, neighbours differ by one. */
function dayNumber(at: number, { timeZone }: Calendar): number {
  const parts = formatter('en', timeZone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(at)
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day')) / DAY_MS
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making one costs more than using it a thousand times. */
function formatter(
  language: Calendar['language'],
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, options])
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(
    locales[language],
    timeZone ? { ...options, timeZone } : options,
  )
  formatters.set(key, made)
  return made
}

/** Moments, durations and numbers as people of a language write them. */

import type { App } from './app.js'

type Speech = Pick<App, 'language'>

const locales = { en: 'en-GB', pt: 'pt-BR' } as const

/** `14:05:09` for today, else with its date. */
export function momentText(app: Speech, at: number): string {
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(locales[app.language], {
    ...(isToday ? {} : { day: '2-digit', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(date)
}

/** With its day, without seconds. */
export function dayText(app: Speech, at: number): string {
  return new Intl.DateTimeFormat(locales[app.language], {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(at))
}

/** A text of the gateway for programs, with its moments as people write them. */
export function withLocalMoments(app: Speech, text: string): string {
  const utc = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/gu
  return text.replaceAll(utc, (moment) => dayText(app, Date.parse(moment)))
}

export function clockText(app: Speech, at: number, withDay: boolean): string {
  return new Intl.DateTimeFormat(locales[app.language], {
    ...(withDay ? { weekday: 'short' } : {}),
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at))
}

/** `340 ms`, `2.1 s`, `3 min 20 s`, `4 h 5 min`. */
export function durationText(app: Speech, ms: number): string {
  const number = (value: number, digits: number): string =>
    value.toLocaleString(locales[app.language], { maximumFractionDigits: digits })
  if (ms < 1_000) return `${number(ms, 0)} ms`
  const seconds = ms / 1_000
  if (seconds < 60) return `${number(seconds, 1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function countText(app: Speech, count: number): string {
  return count.toLocaleString(locales[app.language])
}

/** `+55 11 99999-9999`, where the digits look like a number of Brazil. */
export function phoneText(digits: string): string {
  const brazil = /^55(\d\d)(\d{4,5})(\d{4})$/u.exec(digits)
  if (brazil !== null) return `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`
  return /^\d+$/u.test(digits) ? `+${digits}` : digits
}

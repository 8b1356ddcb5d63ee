/** Spans of time as people write them on a command line. */

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** `24h` in seconds; undefined for what is no span. `0` needs no unit. */
export function parseSpan(text: string): number | undefined {
  if (text === '0') return 0
  const [, digits, unit] = /^(\d{1,6})([smhd])$/u.exec(text) ?? []
  if (digits === undefined || unit === undefined) return undefined
  return Number(digits) * (secondsIn[unit] ?? 0)
}

/** Moments in the texts of alerts, as people of a language write them. */

const locales = { en: 'en-GB', pt: 'pt-BR' } as const

/**
 * The text with its UTC moments (`2026-12-01T10:00Z`) written as `1 Dec 2026, 07:00 GMT-3`. The reader is elsewhere, so
 * each names its time zone.
 *
 * @param timeZone IANA name; the one of this machine (`TZ`) without it
 */
export function withLocalMoments(
  text: string,
  language: keyof typeof locales,
  timeZone?: string,
): string {
  const utc = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/gu
  const written = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  })
  return text.replaceAll(utc, (moment) => written.format(Date.parse(moment)))
}

/** When an event begins, as Z-API's callers write it. */

import type { EpochMs } from '../../domain/time.js'
import { InvalidRequestError } from '../error-replies.js'

/**
 * An ISO date with its own zone, or in `timeZone`: a name of the IANA list, `UTC-3`, or `-03:00`.
 * UTC where neither says it. Throws `InvalidRequestError`.
 */
export function timeOfEvent(dateTime: string, timeZone: string | undefined): EpochMs {
  const text = dateTime.trim()
  const hasTime = /T\d{2}:\d{2}/u.test(text)
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text) && hasTime
  const moment = Date.parse(hasZone ? text : `${hasTime ? text : `${text}T00:00`}Z`)
  if (!/^\d{4}-\d{2}-\d{2}/u.test(text) || Number.isNaN(moment))
    throw new InvalidRequestError('event.dateTime must be as in 2026-12-24T18:00:00-03:00')
  if (hasZone || timeZone === undefined) return moment
  return moment - offsetMsOf(timeZone.trim(), moment)
}

function offsetMsOf(timeZone: string, wallClock: EpochMs): number {
  const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/iu.exec(timeZone)
  if (fixed !== null) {
    const [, sign, hours, minutes = '0'] = fixed
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  }
  // Twice, since the offset at the wall-clock time differs from the one at the moment around a change of clocks.
  const first = namedOffsetMs(timeZone, wallClock)
  return namedOffsetMs(timeZone, wallClock - first)
}

function namedOffsetMs(timeZone: string, moment: EpochMs): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/u.exec(name ?? '') ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new InvalidRequestError(
      'event.timeZone must be a name such as America/Sao_Paulo, or UTC-3',
      { cause },
    )
  }
}

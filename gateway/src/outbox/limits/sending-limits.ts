/**
 * Decides when a message may go by the limits of its number, or of its pool.
 *
 * WhatsApp bans numbers that write to many people who do not know them, new numbers first. It publishes
 * no figures, so the limits are the owner's choice. A message with priority high is a code for the most
 * part: it is worth nothing tomorrow, and its recipient asked for it. So it is neither counted nor held,
 * unless `limitCodes` is chosen.
 */

import type { HoldReason, SendingLimits } from '../../domain/sending-limits.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import { dayAfter, dayIn, endOfHours } from './local-day.js'
import type { LimitsInForce } from './member-limits.js'

/** What was sent today. */
export interface SentToday {
  readonly messages: number
  readonly newPeople: number
}

/** A message does not go before this moment. */
export interface Hold {
  readonly until: EpochMs
  readonly why: HoldReason
}

/** On the first day of the warm-up. */
export const firstDayMessages = 20
/** From this day on the number may send what its daily limit says. */
export const warmUpDays = 14
/** Where the warm-up leads without a daily limit. */
const usualMost = 1_000

/** Whether the message counts and may be held. */
export function isLimited(priority: Priority, { limitCodes }: SendingLimits): boolean {
  return limitCodes || priority !== 'high'
}

/**
 * Most messages on this day of the warm-up, the first being 1; Infinity for no limit. It grows by the
 * same factor each day.
 */
export function mostMessages({ dailyMessages, warmUp }: SendingLimits, warmUpDay: number): number {
  const most = dailyMessages > 0 ? dailyMessages : Infinity
  if (warmUp !== true || warmUpDay >= warmUpDays) return most
  const goal = most === Infinity ? usualMost : most
  if (goal <= firstDayMessages) return goal
  const share = (warmUpDay - 1) / (warmUpDays - 1)
  return Math.floor(firstDayMessages * (goal / firstDayMessages) ** share + 1e-9)
}

/** Where the most messages of a day come from. */
export const mostSources = ['daily-messages', 'warm-up', 'pool-warm-up'] as const

export type MostFrom = (typeof mostSources)[number]

/** Which limit gives `mostMessages`; `undefined` for none. */
export function mostFrom(limits: LimitsInForce, warmUpDay: number): MostFrom | undefined {
  const most = mostMessages(limits, warmUpDay)
  if (most === Infinity) return undefined
  if (most === limits.dailyMessages) return 'daily-messages'
  return limits.warmUpPool === undefined ? 'warm-up' : 'pool-warm-up'
}

/** Holds a message of a number that has sent so much today; `undefined` if it may go. */
export function holdOf(
  message: { readonly priority: Priority; readonly isNewPerson: boolean },
  sent: SentToday,
  limits: SendingLimits,
  { now, warmUpDay }: { readonly now: EpochMs; readonly warmUpDay: number },
): Hold | undefined {
  if (!isLimited(message.priority, limits)) return undefined
  const { timeZone, dailyNewPeople } = limits
  const tomorrow = dayIn(timeZone, now).endsAt
  const quiet = quietUntil(message.priority, limits, now)
  if (sent.messages >= mostMessages(limits, warmUpDay))
    return later({ until: tomorrow, why: 'daily-messages' }, quiet)
  if (message.isNewPerson && dailyNewPeople > 0 && sent.newPeople >= dailyNewPeople)
    return later({ until: tomorrow, why: 'new-people' }, quiet)
  return quiet === undefined ? undefined : { until: quiet, why: 'quiet-hours' }
}

/**
 * When the turn of a message comes behind so many others that count too: `from` is the first moment of
 * its day, or now, and `ahead` how many of them leave on that day before it.
 */
export function turnOf(
  ahead: number,
  priority: Priority,
  sent: SentToday,
  limits: SendingLimits,
  { now, warmUpDay }: { readonly now: EpochMs; readonly warmUpDay: number },
): { readonly from: EpochMs; readonly ahead: number } {
  const quiet = (turn: { readonly from: EpochMs; readonly ahead: number }) => ({
    ...turn,
    from: quietUntil(priority, limits, turn.from) ?? turn.from,
  })
  const today = dayIn(limits.timeZone, now)
  let left = ahead - Math.max(0, mostMessages(limits, warmUpDay) - sent.messages)
  if (left < 0 || !isLimited(priority, limits)) return quiet({ from: now, ahead })
  let days = 1
  let most = mostMessages(limits, warmUpDay + days)
  while (warmUpDay + days < warmUpDays && left >= most) {
    left -= most
    days += 1
    most = mostMessages(limits, warmUpDay + days)
  }
  days += Math.floor(left / most)
  const { startsAt } = dayAfter(limits.timeZone, today, days)
  return quiet({ from: startsAt, ahead: most === Infinity ? left : left % most })
}

/** When the quiet hours end that hold messages of this priority now. */
export function quietUntil(
  priority: Priority,
  { quietFrom: from, quietTo: to, timeZone }: SendingLimits,
  now: EpochMs,
): EpochMs | undefined {
  return priority === 'low' ? endOfHours(timeZone, { from, to }, now) : undefined
}

function later(hold: Hold, quiet: EpochMs | undefined): Hold {
  return { ...hold, until: Math.max(hold.until, quiet ?? 0) }
}

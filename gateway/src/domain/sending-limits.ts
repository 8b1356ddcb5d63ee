/** How much a number, or a pool, may send. Everything is off unless it is chosen. */

export interface SendingLimits {
  /** Most messages a day; 0 is no limit. */
  readonly dailyMessages: number
  /** Most people a day with whom the number has no conversation; 0 is no limit. */
  readonly dailyNewPeople: number
  /**
   * Begin with few messages a day, and send more each day. Of a pool: its members do that have not chosen
   * for themselves. null: not chosen.
   */
  readonly warmUp: boolean | null
  /** Between these times messages with priority low wait; `HH:MM`, both empty for no such hours. */
  readonly quietFrom: string
  readonly quietTo: string
  /** Where days begin and quiet hours count: a name of the IANA database. */
  readonly timeZone: string
  /** Count messages with priority high too, and let them wait like others. */
  readonly limitCodes: boolean
}

export const noSendingLimits: SendingLimits = {
  dailyMessages: 0,
  dailyNewPeople: 0,
  warmUp: null,
  quietFrom: '',
  quietTo: '',
  timeZone: 'UTC',
  limitCodes: false,
}

/** For those who choose limits and have no figures of their own. */
export const recommendedLimits: Omit<SendingLimits, 'timeZone' | 'limitCodes'> = {
  dailyMessages: 1_000,
  dailyNewPeople: 50,
  warmUp: true,
  quietFrom: '21:00',
  quietTo: '08:00',
}

/** Why a message waits although the number is connected. */
export const holdReasons = ['daily-messages', 'new-people', 'quiet-hours'] as const

export type HoldReason = (typeof holdReasons)[number]

/** What limits something at all. */
export function areOn({
  dailyMessages,
  dailyNewPeople,
  warmUp,
  quietFrom,
}: SendingLimits): boolean {
  return dailyMessages > 0 || dailyNewPeople > 0 || warmUp === true || quietFrom !== ''
}

/** What a WhatsApp Business account shows of itself. */

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof weekdays)[number]

/** One opening of a day. A day may have several with hours. */
export type Opening = { readonly day: Weekday } & (
  | {
      readonly mode: 'hours'
      /** Minutes since midnight, 0 to 1,439. */
      readonly opensAtMinute: number
      readonly closesAtMinute: number
    }
  | { readonly mode: 'all-day' | 'by-appointment' }
)

export interface BusinessHours {
  /** IANA: `America/Sao_Paulo`. */
  readonly timezone: string
  readonly openings: readonly Opening[]
}

export interface BusinessCategory {
  /** WhatsApp's id, digits. */
  readonly id: string
  /** In the language that WhatsApp chose. */
  readonly name: string
}

/** What is not set is missing, or empty. */
export interface BusinessProfile {
  readonly description?: string | undefined
  readonly address?: string | undefined
  readonly email?: string | undefined
  /** At most two. */
  readonly websites: readonly string[]
  readonly categories: readonly BusinessCategory[]
  readonly hours?: BusinessHours | undefined
  readonly hasCoverPhoto: boolean
  /** Whether its catalogue takes carts. */
  readonly cartEnabled: boolean
}

/** Changes what is given and leaves the rest. Empty texts and lists clear. */
export interface BusinessChange {
  readonly description?: string
  readonly address?: string
  readonly email?: string
  readonly websites?: readonly string[]
  /** Ids. */
  readonly categories?: readonly string[]
  readonly hours?: BusinessHours
}

/**
 * The questions and changes of an open connection that concern business profiles.
 *
 * All of them throw `NotConnectedError` without an open connection, `WhatsappRefusedError` when
 * WhatsApp says no, and `WhatsappSilentError` when it does not answer: asking or setting again is
 * safe in every case.
 */
export interface BusinessApi {
  /** Of the number with these digits. `undefined`: WhatsApp shows none, so it is no business account. */
  profileOf(phone: string): Promise<BusinessProfile | undefined>
  /** Of this number. Throws `WhatsappRefusedError` where it is no business account. */
  change(change: BusinessChange): Promise<void>
}

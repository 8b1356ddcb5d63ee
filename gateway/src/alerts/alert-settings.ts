/** What is told, and where. Stored sealed as a whole: it holds passwords and URLs that are secrets. */

import type { AlertKind } from '../domain/alert.js'
import type { AlertRules } from './rules.js'

export interface AlertSettings {
  /** Of the texts. The webhook carries both. */
  readonly language: 'en' | 'pt'
  readonly rules: RuleSettings
  /** 0: an alert is told once. */
  readonly repeatAfterMinutes: number
  readonly webhook?: WebhookSettings | undefined
  readonly email?: EmailSettings | undefined
  readonly slack?: { readonly url: string } | undefined
  readonly telegram?: { readonly url: string; readonly chatId: string } | undefined
}

/** Where a number or true is missing, that kind is not told. */
export interface RuleSettings {
  readonly downAfterMinutes?: number | undefined
  readonly restricted: boolean
  readonly banned: boolean
  readonly receiverFailing: boolean
  readonly queueOlderThanSeconds?: number | undefined
  readonly diskBelowMegabytes?: number | undefined
  readonly databaseAway: boolean
}

export interface WebhookSettings {
  readonly url: string
  /** `whsec_` and base64. */
  readonly secret: string
}

export interface EmailSettings {
  readonly host: string
  readonly port: number
  /** `start`: STARTTLS, which must succeed. `implicit`: from the first byte. `none`: never. */
  readonly tls: 'start' | 'implicit' | 'none'
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly from: string
  readonly to: readonly string[]
}

export const defaultAlertSettings: AlertSettings = {
  language: 'en',
  rules: {
    downAfterMinutes: 5,
    restricted: true,
    banned: true,
    receiverFailing: true,
    queueOlderThanSeconds: 900,
    diskBelowMegabytes: 1024,
    databaseAway: true,
  },
  repeatAfterMinutes: 0,
}

/** The database restarts with updates: that is no alert. */
const databaseAwayMs = 20_000

export function rulesOf({ rules, repeatAfterMinutes }: AlertSettings): AlertRules {
  const holdMs: Partial<Record<AlertKind, number>> = {
    ...(rules.banned && { 'number-banned': 0 }),
    ...(rules.restricted && { 'number-restricted': 0 }),
    ...(rules.downAfterMinutes !== undefined && {
      'number-down': rules.downAfterMinutes * 60_000,
    }),
    ...(rules.receiverFailing && { 'receiver-failing': 0 }),
    ...(rules.queueOlderThanSeconds !== undefined && { 'queue-late': 0 }),
    ...(rules.diskBelowMegabytes !== undefined && { 'disk-low': 0 }),
    ...(rules.databaseAway && { 'database-away': databaseAwayMs }),
  }
  return { holdMs, repeatMs: repeatAfterMinutes * 60_000 }
}

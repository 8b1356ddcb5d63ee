/** What an operator is alerted to: words that the rules, the store and the console share. */

import type { InstanceId } from './instance.js'
import type { EpochMs } from './time.js'

export const alertKinds = [
  'number-banned',
  'number-restricted',
  'number-down',
  'receiver-failing',
  'queue-late',
  'disk-low',
  'database-away',
] as const

export type AlertKind = (typeof alertKinds)[number]

export const alertChannels = ['webhook', 'email', 'slack', 'telegram'] as const

export type AlertChannel = (typeof alertChannels)[number]

/** What is wrong. Stored and told as it is: no code, no phone number, no URL. */
export interface AlertSubject {
  readonly kind: AlertKind
  readonly instanceId?: InstanceId | undefined
  readonly instanceName?: string | undefined
  /** The host of a receiver. */
  readonly host?: string | undefined
  /** Of a number: the `DisconnectionReason`. Of a receiver: how it answered. */
  readonly reason?: string | undefined
  /** Of a restriction: when it lifts. Of a ban: when WhatsApp ends it, where it said so. */
  readonly until?: EpochMs | undefined
  /** Of a disk. */
  readonly freeMegabytes?: number | undefined
}

/** An alert as it is told. */
export interface NoticedAlert extends AlertSubject {
  readonly since: EpochMs
}

/** One message to the operator, with all that changed at the same time. */
export interface AlertNotice {
  /** The same in each channel and at each attempt. */
  readonly id: string
  readonly at: EpochMs
  readonly opened: readonly NoticedAlert[]
  /** Still wrong after the time of repetition. */
  readonly repeated: readonly NoticedAlert[]
  readonly recovered: readonly NoticedAlert[]
  readonly isTest: boolean
}

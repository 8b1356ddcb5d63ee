/** One WhatsApp number slot that a customer addresses by id and token. */

import { type Muted, nothingMuted } from './muting.js'
import { noSendingLimits, type SendingLimits } from './sending-limits.js'
import type { EpochMs } from './time.js'

declare const brand: unique symbol

/**
 * 32 upper-case hex digits, the first a `3`, as Z-API writes them; or what its owner brought along:
 * 16 to 64 letters and digits.
 */
export type InstanceId = string & { readonly [brand]: 'InstanceId' }

export function isInstanceId(text: string): text is InstanceId {
  return /^[0-9A-Za-z]{16,64}$/.test(text)
}

/**
 * Whether an instance may have this token: 24 to 128 letters and digits, as many as those of Z-API
 * have. Shorter ones could be found from their hash.
 */
export function isInstanceToken(text: string): boolean {
  return /^[0-9A-Za-z]{24,128}$/.test(text)
}

export interface Instance {
  readonly id: InstanceId
  readonly name: string
  readonly createdAt: EpochMs
  readonly settings: InstanceSettings
  /** It has no number of its own: other instances send for it (`pool.ts`). */
  readonly isPool: boolean
  /** CIDRs of the callers that it allows; undefined allows every caller that the gateway allows. */
  readonly allowedCallers?: readonly string[] | undefined
  /** Since when it is out of use. It can be taken back until it is deleted. */
  readonly cancelledAt?: EpochMs | undefined
}

/**
 * `buttons`: as such, and as plain text only where WhatsApp refuses them. `text`: always as plain text.
 * `both`: as such, and the plain text after it.
 */
export type ButtonForm = 'buttons' | 'text' | 'both'

export const buttonForms: readonly ButtonForm[] = ['buttons', 'text', 'both']

/** What becomes of a message that would expire before its turn. `accept`: the answer tells the moment. */
export type LateSends = 'refuse' | 'accept'

export const lateSends: readonly LateSends[] = ['refuse', 'accept']

export interface InstanceSettings {
  /** Tell about messages that this number sent itself, through the API or on the phone. */
  readonly notifySentByMe: boolean
  /** Accept nothing while there is no open connection, instead of queueing it. */
  readonly refuseWhileDisconnected: boolean
  /** Take calls without the account's Client-Token: the URL alone then opens the instance. */
  readonly clientTokenOptional: boolean
  /** Show our own codes in what is told about our own messages, instead of masking them. */
  readonly tellCodes: boolean
  /** How messages with buttons and lists go. */
  readonly buttonForm: ButtonForm
  readonly lateSends: LateSends
  readonly sendingLimits: SendingLimits
  /** How long a login code without `expiresIn` is worth sending; null: as the gateway says. */
  readonly codeLifeSeconds: number | null
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never; null: as the gateway says. */
  readonly undeliverableAfterSeconds: number | null
  /** The shortest gap between two sends, in ms; null with `maxGapMs`: as the gateway says. */
  readonly minGapMs: number | null
  readonly maxGapMs: number | null
  /** How long messages, links to files and the directory are kept, in days; null: as the gateway says. */
  readonly keepMessagesDays: number | null
  readonly keepMediaLinksDays: number | null
  readonly keepDirectoryDays: number | null
  /** Mark what others write as read as soon as it is stored. */
  readonly readMessages: boolean
  /** The same for their statuses (stories). */
  readonly readStatuses: boolean
  readonly rejectCalls: boolean
  /** Sent to the rejected caller; empty sends nothing. */
  readonly rejectedCallText: string
  /** What is not told although an endpoint is set for it. */
  readonly muted: Muted
  /** Words of the operator to find it by. */
  readonly tags: readonly string[]
}

export const defaultInstanceSettings: InstanceSettings = {
  notifySentByMe: false,
  refuseWhileDisconnected: false,
  clientTokenOptional: false,
  tellCodes: false,
  buttonForm: 'buttons',
  lateSends: 'refuse',
  sendingLimits: noSendingLimits,
  codeLifeSeconds: null,
  undeliverableAfterSeconds: null,
  minGapMs: null,
  maxGapMs: null,
  keepMessagesDays: null,
  keepMediaLinksDays: null,
  keepDirectoryDays: null,
  readMessages: false,
  readStatuses: false,
  rejectCalls: false,
  rejectedCallText: '',
  muted: nothingMuted,
  tags: [],
}

/** One WhatsApp number slot that a customer addresses by id and token. */

import type { EpochMs } from './time.js'

declare const brand: unique symbol

/** 32 upper-case hex digits, the first a `3`, as Z-API writes them. */
export type InstanceId = string & { readonly [brand]: 'InstanceId' }

export function isInstanceId(text: string): text is InstanceId {
  return /^3[0-9A-F]{31}$/.test(text)
}

export interface Instance {
  readonly id: InstanceId
  readonly name: string
  readonly createdAt: EpochMs
  readonly settings: InstanceSettings
}

export interface InstanceSettings {
  /** Tell about messages that this number sent itself, through the API or on the phone. */
  readonly notifySentByMe: boolean
}

export const defaultInstanceSettings: InstanceSettings = { notifySentByMe: false }

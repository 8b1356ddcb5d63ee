/** An incoming call. It cannot be answered here: a call is told, and rejected if asked for. */

import type { ChatId, PersonId } from './chat.js'
import type { EpochMs } from './time.js'

declare const brand: unique symbol

/** WhatsApp's name of a call. */
export type CallId = string & { readonly [brand]: 'CallId' }

export interface Call {
  readonly id: CallId
  /** Who calls, or the group that does. */
  readonly chat: ChatId
  /** Of a group, where WhatsApp said it. */
  readonly groupName?: string | undefined
  readonly caller: PersonId
  readonly callerName?: string | undefined
  readonly video: boolean
  /**
   * `missed`: the caller gave up or WhatsApp did, and the call was neither answered nor rejected.
   * `taken`: the call was answered on another device of this number.
   */
  readonly step: 'ringing' | 'missed' | 'taken'
  readonly at: EpochMs
  /** It rang while we were away; there is nothing to reject any more. */
  readonly over: boolean
}

/** What a number shows of itself to others, and what WhatsApp tells about other numbers. */

import type { Recipient } from './chat.js'

/** This number as WhatsApp has it. What is not set is missing. */
export interface OwnProfile {
  /** Digits. */
  readonly phone: string
  readonly name?: string | undefined
  readonly about?: string | undefined
  /** Where WhatsApp serves the picture, for some hours. */
  readonly pictureUrl?: string | undefined
  /** The app on the phone, in WhatsApp's words: `android`, `iphone`, and `smba`, `smbi` for the Business apps. */
  readonly phoneApp?: string | undefined
  readonly business: boolean
  /** The number of this linked device on the account, from 1. */
  readonly device: number
}

/** What WhatsApp says about a number. */
export interface LookedUpPhone {
  /** As it was asked for. */
  readonly asked: string
  /** As WhatsApp has it; missing when it is not on WhatsApp. */
  readonly phone?: string | undefined
  /** Whether WhatsApp said nothing of it: it may or may not be on WhatsApp. */
  readonly isUnanswered?: boolean | undefined
  /** Digits, where WhatsApp names one. */
  readonly lid?: string | undefined
}

/**
 * The questions and changes of an open connection that concern profiles.
 *
 * All of them throw `NotConnectedError` without an open connection,
 * `WhatsappRefusedError` when WhatsApp says no, and `WhatsappSilentError` when
 * it does not answer: asking or setting again is safe in every case.
 */
export interface ProfileApi {
  /** Three questions to WhatsApp. */
  own(): Promise<OwnProfile>
  setName(name: string): Promise<void>
  /** `picture` is a square JPEG. */
  setPicture(picture: Uint8Array): Promise<void>
  /** Where WhatsApp serves the picture of a person or a group, for some hours. `undefined`: there is none, or it may not be seen. */
  pictureOf(recipient: Recipient): Promise<string | undefined>
  /** The about text of a person. `undefined`: there is none, or it may not be seen. */
  aboutOf(recipient: Recipient): Promise<string | undefined>
  /** Empty text clears it. */
  setAbout(about: string): Promise<void>
  /** In the order of `phones`, which are digits. Asks WhatsApp many numbers at once, with rests; an answer is given again for ten minutes. */
  lookUp(phones: readonly string[], signal: AbortSignal): Promise<readonly LookedUpPhone[]>
}

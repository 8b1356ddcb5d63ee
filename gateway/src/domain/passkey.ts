/**
 * WhatsApp's passkey step: since June 2026 WhatsApp asks a growing number of accounts to sign with their
 * passkey when a device is linked. A browser signs, on `https://web.whatsapp.com` only.
 */

import type { EpochMs } from './time.js'

/** As WhatsApp gave them; `PublicKeyCredential.parseRequestOptionsFromJSON` takes them as they are. */
export interface PasskeyOptions {
  /** base64url */
  readonly challenge: string
  readonly rpId: string
  readonly userVerification: string
  readonly [option: string]: unknown
}

/** What a browser's credential says, as text. Binary fields are base64 or base64url. */
export interface PasskeyAnswer {
  readonly rawId: string
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    /** Names the account at WhatsApp; not every authenticator gives it. */
    readonly userHandle?: string | null | undefined
  }
}

/** Where a linking that asks for a passkey stands. */
export type PasskeyStep =
  /** The owner signs. Later than `provenUntil`, a code has to be compared too. */
  | {
      readonly kind: 'passkey'
      readonly options: PasskeyOptions
      /** What WhatsApp calls this device on the phone. */
      readonly deviceName: string
      readonly deadline: EpochMs
      readonly provenUntil: EpochMs
    }
  /** The owner confirms on the phone, with WhatsApp open there. */
  | { readonly kind: 'phone'; readonly deadline: EpochMs }
  /** The phone shows a code, and this must be the same. */
  | { readonly kind: 'code'; readonly code: string; readonly deadline: EpochMs }
  | { readonly kind: 'finishing'; readonly deadline: EpochMs }
  /** The linking is over; a new one begins with another QR or code. */
  | { readonly kind: 'failed'; readonly reason: PasskeyFailure }

/** Why a linking failed at this step. `passkey-texts.ts` has the words for people. */
export type PasskeyFailure =
  /** No signature came within ten minutes. */
  | 'expired'
  /** WhatsApp asked in a way that is not safe to answer, or that is not known here. */
  | 'unknown-request'
  /** WhatsApp answered a question of ours with an error. */
  | 'refused'
  /** WhatsApp did not answer a question of ours. */
  | 'unanswered'
  /** Nothing came from the phone within two minutes of the signature. */
  | 'phone-silent'
  | 'unknown-phone-answer'
  | 'code-different'
  | 'code-unanswered'
  /** The phone had everything, and did not complete the linking within two minutes. */
  | 'not-completed'
  | 'connection-lost'
  | 'cancelled'
  /** A bug of ours; the log has its cause. */
  | 'unexpected'

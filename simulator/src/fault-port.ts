/** What the server asks before it does its work: whether something is to go wrong. */

import type { BinaryNode } from 'baileys'

/** What WhatsApp's server makes of a message stanza that a client sends. It cannot read the encrypted content. */
export type Verdict =
  | { readonly kind: 'accept' }
  /** Acknowledged with this error code and not delivered. */
  | { readonly kind: 'refuse'; readonly code: number }
  /** Acknowledged without error and not delivered. */
  | { readonly kind: 'drop' }
  /** Routed without the direct children of these tags. */
  | { readonly kind: 'strip'; readonly tags: readonly string[] }

/** Called for every message stanza of a client, before it is routed. */
export type Judge = (stanza: BinaryNode) => Verdict

/** A message stanza on its way through the server, as a fault rule sees it. */
export interface StanzaAddress {
  /** The sender's number (digits). */
  readonly from: string
  /** The recipient's number (digits) whichever way it was addressed, or the group's JID. */
  readonly to: string
  readonly id: string
  /** The sending device: 0 is the phone itself. */
  readonly device: number
  /** Whether the recipient has ever written to the sender. */
  readonly stranger: boolean
  /** Whether it says of itself that it has buttons. */
  readonly buttons: boolean
}

/** What happens to the server's acknowledgement. An error means that the message is not delivered. */
export type AckFault =
  | { readonly kind: 'normal' }
  | { readonly kind: 'error'; readonly code: number }
  /** The message is routed at once, the ack comes later. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** The message is routed, the ack never comes. */
  | { readonly kind: 'missing' }

/** How a login is turned away: a stream error (503, 515) or a failure (401, 403). */
export type LoginFault =
  | { readonly kind: 'stream-error'; readonly code: number }
  /** `expire`: the seconds that a ban lasts. */
  | { readonly kind: 'failure'; readonly code: number; readonly expire?: number | undefined }

/** Where a linking that asks for a passkey stands. */
export type PasskeyStep =
  | 'request'
  | 'options'
  | 'ref'
  | 'prologue'
  | 'continuation'
  | 'nonce'
  | 'pairing-request'
  | 'success'

/** `fault-schema.ts` says what each does. */
export type PasskeyFault =
  | 'silence'
  | 'malformed'
  | 'asked-twice'
  | 'early-success'
  | 'error'
  | 'cut'

/** The fault rules that the server asks. */
export interface FaultPort {
  /** Whether this must go wrong in a linking with the phone, and by which code. Counts. */
  passkeyFault(
    phone: string,
    kind: PasskeyFault,
    step?: PasskeyStep,
  ): { readonly code: number } | undefined
  ackFor(stanza: StanzaAddress): AckFault
  /** Asked at each login, with the phone's number (digits). */
  onConnect(phone: string): LoginFault | undefined
  /** Whether those who ask for the number are told that it is not on WhatsApp. */
  isHidden(phone: string): boolean
  /** Whether the answer to those who ask for the number leaves it out. */
  isUnmentioned(phone: string): boolean
  /** Whether WhatsApp has not moved the account of the number to LIDs: it may write to none. */
  isUnmoved(phone: string): boolean
  /** Whether it may write to LIDs alone. */
  isMoved(phone: string): boolean
  /** Whether WhatsApp takes Pix keys, orders and their updates from businesses alone. */
  readonly paymentsNeedBusiness: boolean
  /** Until when a client is told that the number may start no chat, in seconds since 1970. */
  newChatLock(phone: string): number | undefined
  /** Whether such a signature must belong to no key. */
  isForged(what: 'account-signature' | 'signed-prekey'): boolean
  /** Whether the phone must fail to read the message that it has before it. */
  failsToDecrypt(phone: string): boolean
  /** With which code this must be refused. */
  mediaRefusal(at: 'upload' | 'hosts'): number | undefined
}

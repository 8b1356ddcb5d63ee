/**
 * The port to whatever speaks WhatsApp (Baileys today).
 *
 * `whatsapp/` implements it, `sessions/` uses it, and neither knows the other.
 */

import type { BusinessApi } from './business.js'
import type { AccountApi } from './account.js'
import type { Call } from './call.js'
import type { CatalogApi } from './catalog.js'
import type { ChatId, PersonId, Recipient } from './chat.js'
import type { CommunityApi } from './community.js'
import type { GroupApi } from './group.js'
import type { MediaReference } from './incoming-content.js'
import type { NewsletterApi } from './newsletter.js'
import type { InstanceId } from './instance.js'
import type { IncomingMessage } from './incoming-message.js'
import type { WhatsappId } from './message.js'
import type { ReceiptStatus } from './message-status.js'
import type { PasskeyAnswer, PasskeyStep } from './passkey.js'
import type { ChatPresence } from './presence.js'
import type { ProfileApi } from './profile.js'
import type { EngineMessage, NotWritten, PreparedMessage } from './sending.js'
import type { EpochMs } from './time.js'

export interface Engine {
  /**
   * Starts one socket for the instance and returns at once; what happens then
   * arrives at `listen`, in order, and `closed` is always the last event.
   * A socket that closed is never opened again: call `connect` once more.
   *
   * The promise that `listen` gives says when the event is stored. WhatsApp is
   * told that a receipt or a call arrived only after that, and brings it again
   * where it rejected; a message is kept until then, and told again.
   */
  connect(instanceId: InstanceId, listen: EventListener): Promise<EngineConnection>
  /**
   * The pairing is over: forgets the credentials and everything that was learned under them,
   * in memory and in the store. Call it when its last connection has closed. Throws when the
   * store fails; again is safe.
   */
  forget(instanceId: InstanceId): Promise<void>
}

export type EventListener = (event: EngineEvent) => Promise<void> | undefined

export interface EngineConnection {
  readonly profiles: ProfileApi
  readonly groups: GroupApi
  readonly business: BusinessApi
  readonly catalogs: CatalogApi
  readonly communities: CommunityApi
  readonly account: AccountApi
  readonly newsletters: NewsletterApi
  /** The eight letters and digits to type on the phone. Throws `PairingError` if WhatsApp gives none. */
  requestPairingCode(phone: string): Promise<string>
  /**
   * Answers a `passkey` step. Resolves when WhatsApp has it.
   *
   * @throws PasskeyAnswerError when it is wrong; another answer may follow
   * @throws PasskeyStepError when WhatsApp does not ask, or the linking failed over it
   */
  answerPasskey(answer: PasskeyAnswer): Promise<void>
  /** Tells whether the phone shows the same code. Throws `PasskeyStepError` when there is none to compare. */
  compareCode(isSame: boolean): Promise<void>
  /** Asks WhatsApp for a sign of life: a round trip on this socket, not a flag. Never throws. */
  isAlive(timeoutMs: number): Promise<boolean>
  /**
   * Gets a message ready to leave: finds the recipient, uploads files, encodes. Nothing leaves, and
   * the recipient sees nothing. Never throws. Safe to repeat.
   */
  prepare(message: EngineMessage): Promise<PreparedMessage | NotWritten>
  /**
   * Learns what `prepare` will need for these recipients, all at once, so that it need not ask one by
   * one. Never throws: `prepare` does not depend on it.
   */
  lookAhead(recipients: readonly Recipient[]): Promise<void>
  /** Shows its author that the message was read. Throws when it could not be written; again is safe. */
  markRead(message: MessageMark): Promise<void>
  /** Ends the ringing at the caller. Throws when WhatsApp does not take it; again is safe. */
  rejectCall(call: Call): Promise<void>
  /**
   * Asks to be told of the presence in this chat. WhatsApp tells only those
   * that are online themselves, so this number is shown as online from then on.
   */
  watchPresence(chat: ChatId): Promise<void>
  /**
   * Asks this number's phone to upload a file once more that WhatsApp has deleted. Gives the path
   * where it lies then, after some seconds. Throws `MediaGoneError`; its message is for people.
   */
  askForFile(reference: MediaReference): Promise<string>
  /** Unlinks this device from the phone and forgets the pairing, as `Engine.forget` does. */
  logOut(): Promise<void>
  /** Closes the socket and keeps the credentials. Waits until the last key is stored. */
  close(): Promise<void>
}

export type EngineEvent =
  /** The text inside the QR; the next one replaces it. */
  | { readonly kind: 'qr'; readonly text: string }
  /** WhatsApp asks for a passkey, and where that stands. QR and pairing code are worthless from the first one on. */
  | { readonly kind: 'passkey'; readonly step: PasskeyStep }
  | {
      readonly kind: 'opened'
      readonly phone: string
      readonly lid?: string | undefined
      readonly name?: string | undefined
      readonly business: boolean
    }
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'received'; readonly message: IncomingMessage }
  /** Another person posted a status (story). It may be told twice, and is not kept. */
  | { readonly kind: 'status-posted'; readonly status: MessageMark }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'presence'; readonly presence: ChatPresence }
  | ({ readonly kind: 'closed'; readonly cause?: unknown } & Closed)
  /** WhatsApp asks this device for a check that only its own clients can answer. The link may end next. */
  | { readonly kind: 'challenged' }

/** WhatsApp's word on messages of ours. */
export interface Receipt {
  readonly whatsappIds: readonly WhatsappId[]
  /** `sent` also arrives here when the server's ack came after `send` gave up waiting. */
  readonly status: ReceiptStatus
  readonly chat: ChatId
  /** In groups: whose receipt it is. */
  readonly participant?: PersonId | undefined
  /** The number of that person's device; 0 is the phone. */
  readonly device?: number | undefined
  /** Of a late ack from a channel: as in `Acknowledgement`. */
  readonly serverId?: string | undefined
  readonly at: EpochMs
}

/** What WhatsApp needs to mark a message of another person. */
export interface MessageMark {
  readonly whatsappId: WhatsappId
  readonly chat: ChatId
  readonly sender: PersonId
}

/** Why a socket closed. */
export interface Closed {
  readonly reason: CloseReason
  /** The code of what failed: `ENOTFOUND`, `403`. Never a text that a server wrote. */
  readonly detail?: string | undefined
  /** When WhatsApp ends it by itself, where WhatsApp said so. */
  readonly until?: EpochMs | undefined
}

export type CloseReason =
  /** 515: WhatsApp wants a new socket, right after pairing for example. */
  | 'restart-required'
  /** 401: unlinked on the phone, or the credentials are not accepted. They are worthless now. */
  | 'logged-out'
  /** 440: another process opened a connection with the same credentials. */
  | 'replaced'
  /** 403, 406: WhatsApp blocked the number. */
  | 'banned'
  /** 402: WhatsApp blocked the number for a while. */
  | 'suspended'
  /** 405, 409: WhatsApp does not accept our version. */
  | 'outdated'
  /** Another code: WhatsApp refused the login. */
  | 'login-failed'
  /** No phone scanned any of the QR codes. */
  | 'pairing-timed-out'
  /** The passkey step of the linking failed; the event before says why. */
  | 'passkey-failed'
  /** 503 and the like: WhatsApp asks to come back later. */
  | 'unavailable'
  /** The socket broke, or was silent for too long. */
  | 'network'
  /** The name of WhatsApp's server was not found. */
  | 'name-not-found'
  /** No connection to WhatsApp's server: no route, refused, no answer. */
  | 'unreachable'
  /** The certificate of WhatsApp's server was not accepted. */
  | 'tls-failed'
  /** Something in between answered with an HTTP status instead of a WebSocket. */
  | 'blocked'
  /** We closed it to open it again. */
  | 'restarted-by-us'
  /** We closed it. */
  | 'closed-by-us'

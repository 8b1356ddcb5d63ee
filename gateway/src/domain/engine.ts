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
import type { InstanceId } from './instance.js'
import type { IncomingMessage } from './incoming-message.js'
import type { MessageContent } from './content/index.js'
import type { PreparedFiles } from './content/files.js'
import type { WhatsappId } from './message.js'
import type { ReceiptStatus } from './message-status.js'
import type { PasskeyAnswer, PasskeyStep } from './passkey.js'
import type { ChatPresence } from './presence.js'
import type { ProfileApi } from './profile.js'
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
  /** Never throws: every way it can end is a `SendResult`. */
  send(message: EngineMessage): Promise<SendResult>
  /**
   * Learns what sends to these will need, all at once, so that they need not ask one by one.
   * Never throws: a send does not depend on it.
   */
  prepare(recipients: readonly Recipient[]): Promise<void>
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

export interface EngineMessage {
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly content: MessageContent
  /** What is kept of it for messages that refer to it: the content without a code. */
  readonly keepAs: MessageContent
  /** The files of the content, by role. */
  readonly files: PreparedFiles
  readonly typingMs: number
  /**
   * Build new Signal sessions first. Needed after a process death in the
   * middle of a send: the stored ratchet may be behind the one on the wire.
   */
  readonly renewEncryption: boolean
  /** Until when devices may ask for it again and get it; later requests stay unanswered. */
  readonly resendUntil: EpochMs
  /**
   * Call it when everything is ready that can be made ready without anybody seeing it. Resolves when
   * it is this message's turn to leave, which may take as long as the gap between two sends; until
   * the message has left or ended, no other one has a turn. Where it rejects, the end is `not-sent`.
   */
  turn(): Promise<Turn>
  /** Asked right before the write, after typing and look-ups. `false` ends in `too-late`. */
  mayStillLeave(): boolean
}

export interface Turn {
  /**
   * Resolves when the claim of the message is stored. Nothing that anybody can see happens before.
   * Where it rejects, the end is `not-sent`.
   */
  readonly claimed: Promise<void>
}

export type SendResult =
  /** WhatsApp's server acknowledged it. */
  | { readonly kind: 'sent'; readonly at: EpochMs; readonly chat: ChatId }
  /** WhatsApp's server refused it with this code; it did not arrive. `newChats` is asked after a 463. */
  | {
      readonly kind: 'refused'
      readonly code: number
      readonly newChats?: NewChats | undefined
    }
  /** The number is not on WhatsApp. Nothing was written. */
  | { readonly kind: 'no-such-recipient' }
  /** WhatsApp takes nothing for this recipient, and trying again at once does not help. Nothing was written. */
  | { readonly kind: 'recipient-unreachable'; readonly why: Unreachable }
  /** WhatsApp's media server refused a file for good, with this HTTP status. Nothing was written. */
  | { readonly kind: 'file-refused'; readonly status: number; readonly cause: unknown }
  /** The content cannot be sent: it refers to a message that is not kept, say. Nothing was written. */
  | { readonly kind: 'not-possible'; readonly why: NotPossible }
  /** `mayStillLeave` said no. Nothing was written. */
  | { readonly kind: 'too-late' }
  /** Surely nothing was written (not connected, look-up or upload failed). Sending again is safe. */
  | { readonly kind: 'not-sent'; readonly cause: unknown }
  /** Written, but not confirmed in time. Send it again under the same id. */
  | { readonly kind: 'unknown'; readonly cause: unknown }

export type Unreachable =
  /** Asked twice, WhatsApp did not say whether the number is registered. */
  'unanswered' | 'no-such-group' | 'not-a-member'

/** Why a message that refers to an earlier one cannot be sent. */
export type NotPossible =
  | 'unknown-message'
  | 'nothing-to-forward'
  /** WhatsApp forwards no messages of this kind: polls, events, what is shown once. */
  | 'not-forwardable'
  /** Only its author edits or deletes it. */
  | 'not-own'
  /** It has no text, or no caption, that could be changed. */
  | 'not-editable'
  | 'edit-too-late'
  /** The message has no button of this id that answers it. */
  | 'no-such-button'
  /** It is no poll or event, or its secret did not come with it. */
  | 'not-answerable'
  /** The poll does not have it, or takes fewer at once. */
  | 'no-such-option'

/** WhatsApp's word on whether this number may start conversations. */
export type NewChats =
  | { readonly kind: 'free' }
  /** It may go on with those that it has. */
  | { readonly kind: 'locked'; readonly until?: EpochMs | undefined }

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
  readonly at: EpochMs
}

/** What WhatsApp needs to mark a message of another person. */
export interface MessageMark {
  readonly whatsappId: WhatsappId
  readonly chat: ChatId | 'status'
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

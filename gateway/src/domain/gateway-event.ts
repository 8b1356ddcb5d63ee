/** The facts that we tell the outside. */

import type { Call } from './call.js'
import type { ChatId, PersonId, Recipient } from './chat.js'
import type { Disconnection } from './disconnection.js'
import type { InstanceId } from './instance.js'
import type { IncomingContent } from './incoming-content.js'
import type { IncomingMessage } from './incoming-message.js'
import type { Fallback, MessageId, WhatsappId } from './message.js'
import type { ReceiptStatus } from './message-status.js'
import type { InPool } from './pool.js'
import type { ChatPresence } from './presence.js'
import type { EpochMs } from './time.js'

export const failureReasons = [
  'expired',
  'refused',
  'restricted',
  'no-such-recipient',
  /** WhatsApp takes nothing for this recipient: not a member of the group, say. */
  'recipient-unreachable',
  /** It refers to an earlier message that is unknown, or in a way that WhatsApp does not allow. */
  'not-possible',
  'image-failed',
  /** It failed again and again before anything was written, on a link that was up. */
  'not-sent',
  'unconfirmed',
  /** Its caller took it back before it left. */
  'cancelled',
] as const

/** Why a message ends without having been sent. */
export type FailureReason = (typeof failureReasons)[number]

interface EventBase {
  readonly instanceId: InstanceId
  readonly occurredAt: EpochMs
}

/** What a message of ours said. */
export interface SentContent {
  /** No code of ours stands in it. */
  readonly masked: IncomingContent
  readonly full: IncomingContent
  /** What stands beside it. */
  readonly context?: Pick<
    Partial<IncomingMessage>,
    'editOf' | 'forwarded' | 'quotedWhatsappId' | 'mentions'
  >
}

/** WhatsApp's server took the message. */
export interface MessageSent extends EventBase {
  readonly kind: 'message.sent'
  readonly messageId: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly chat: ChatId
  readonly content?: SentContent | undefined
  /** An edit that came later than phones take it. */
  readonly isLateEdit?: boolean | undefined
  readonly fallback?: Fallback | undefined
  /** The messages that say the same as plain text, queued with this one's end. */
  readonly also?: readonly AlsoQueued[] | undefined
  readonly pool?: InPool | undefined
}

export interface AlsoQueued {
  readonly messageId: MessageId
  readonly whatsappId: WhatsappId
}

/** The message has ended and was not sent, or it is not known whether it was. */
export interface MessageFailed extends EventBase {
  readonly kind: 'message.failed'
  readonly messageId: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly reason: FailureReason
  /** One English sentence for the person who reads the callback. Never holds the code. */
  readonly explanation: string
  /** WhatsApp's code, where it refused. */
  readonly refusalCode?: number | undefined
  readonly pool?: InPool | undefined
}

/** A code is not sent yet, and its caller may want to take another way. It goes on waiting until it expires. */
export interface MessageUndeliverable extends EventBase {
  readonly kind: 'message.undeliverable'
  readonly messageId: MessageId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly acceptedAt: EpochMs
  readonly expiresAt?: EpochMs | undefined
  /** It is being sent, or was sent and not confirmed. */
  readonly mayHaveArrived: boolean
  readonly pool?: InPool | undefined
}

/** One or more of our messages went a step further. */
export interface MessageStatusChanged extends EventBase {
  readonly kind: 'message.status-changed'
  readonly whatsappIds: readonly WhatsappId[]
  readonly status: ReceiptStatus
  readonly chat: ChatId
  /** In groups: whose receipt it is. */
  readonly participant?: PersonId | undefined
  /** The number of that person's device; 0 is the phone. */
  readonly device?: number | undefined
  /** The pool that the messages were accepted for. */
  readonly pool?: Pick<InPool, 'id'> | undefined
}

export interface MessageReceived extends EventBase {
  readonly kind: 'message.received'
  /** The number of the instance, digits only. */
  readonly ownPhone: string
  /** It was sent through this gateway, and not typed on the phone. */
  readonly throughUs?: boolean | undefined
  readonly message: IncomingMessage
}

/** A call to this number began or ended. */
export interface CallChanged extends EventBase {
  readonly kind: 'call.changed'
  /** The number of the instance, digits only. */
  readonly ownPhone: string
  readonly call: Call
}

/** A person comes, goes, types or records. Worth nothing a minute later. */
export interface ChatPresenceChanged extends EventBase {
  readonly kind: 'chat.presence-changed'
  readonly presence: ChatPresence
}

export interface InstanceConnected extends EventBase {
  readonly kind: 'instance.connected'
  readonly phone: string
  readonly business: boolean
}

export interface InstanceDisconnected extends EventBase {
  readonly kind: 'instance.disconnected'
  readonly disconnection: Disconnection
}

/** WhatsApp asks for the passkey of a number that is being paired. Told once for each pairing. */
export interface PasskeyNeeded extends EventBase {
  readonly kind: 'instance.passkey-needed'
  /** Until when it has to be signed. */
  readonly deadline: EpochMs
}

/** A connection was made without the proxy that is set, because that failed again and again. */
export interface ProxyFailed extends EventBase {
  readonly kind: 'instance.proxy-failed'
  /** Its URL, without user and password. */
  readonly proxy: string
}

export type GatewayEvent =
  | MessageSent
  | MessageFailed
  | MessageUndeliverable
  | MessageStatusChanged
  | MessageReceived
  | CallChanged
  | ChatPresenceChanged
  | InstanceConnected
  | InstanceDisconnected
  | PasskeyNeeded
  | ProxyFailed

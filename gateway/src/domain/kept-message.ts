/** What is kept of a message so that a later one can refer to it: answer, change, forward, pin or delete it. */

import type { ChatId, PersonId } from './chat.js'
import type { WhatsappId } from './message-id.js'
import type { EpochMs } from './time.js'

/** A message in the form of the engine. Nothing but the engine reads it. */
export interface OriginalMessage {
  readonly bytes: Uint8Array
  /** A code in it was masked, so it is no longer what was sent. */
  readonly isMasked?: boolean | undefined
  /** At least so long it is kept, whatever the setting says: answers to it come for weeks. */
  readonly keepForMs?: number | undefined
}

export interface KeptMessage {
  readonly whatsappId: WhatsappId
  readonly chat: ChatId
  /** Under both names where they are known. */
  readonly author: PersonId
  readonly fromMe: boolean
  readonly at: EpochMs
  /** The number that a channel gave it, where that is known. */
  readonly serverId?: string | undefined
  readonly original: OriginalMessage
}

/** Names an earlier message as a caller does. */
export interface MessageReference {
  readonly whatsappId: WhatsappId
  /** Where it was said. */
  readonly chat: ChatId
}

/** What a message makes of an earlier one as soon as it has been sent. */
export interface EarlierChange {
  readonly reference: MessageReference
  /** What the earlier message says then. `undefined`: it is deleted. */
  readonly bytes?: Uint8Array | undefined
}

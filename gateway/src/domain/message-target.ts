/** The message that another one is about. */

import type { ChatId, PersonId } from './chat.js'
import type { WhatsappId } from './message-id.js'

export interface MessageTarget {
  readonly whatsappId: WhatsappId
  readonly fromMe: boolean
  readonly chat: ChatId
  /** In groups: who wrote it. */
  readonly author?: PersonId | undefined
}

/** What any message may carry beside its content. */

import type { ChatId, PersonId } from '../chat.js'
import type { WhatsappId } from '../message-id.js'

/** An earlier message. In the chat that the new one goes to, unless another one is named. */
export interface EarlierReference {
  readonly whatsappId: WhatsappId
  readonly chat?: ChatId | undefined
}

export interface MessageContext {
  /** The message that it answers. To a person it may be one that they wrote in a group. */
  readonly answers?: EarlierReference | undefined
  /** People whom the text names with an @. */
  readonly mentions?: readonly PersonId[] | undefined
  /** Of a group: all its members. */
  readonly mentionsAll?: boolean | undefined
  readonly groupMentions?:
    | readonly { readonly group: string; readonly subject: string }[]
    | undefined
}

export interface InContext {
  readonly context?: MessageContext | undefined
}

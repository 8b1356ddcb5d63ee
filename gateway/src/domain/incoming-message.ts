/** What others say in a chat, or this number on another device. */

import type { ChatId, PersonId } from './chat.js'
import type {
  IncomingContent,
  MediaReference,
  SharedFile,
  SharedImage,
  SharedVideo,
} from './incoming-content.js'
import type { OriginalMessage } from './kept-message.js'
import type { WhatsappId } from './message-id.js'
import type { EpochMs } from './time.js'

export interface IncomingMessage {
  readonly whatsappId: WhatsappId
  readonly chat: ChatId
  /** Of a group, where WhatsApp said it. */
  readonly groupName?: string | undefined
  /** Who wrote it; in a private chat the same person as the chat unless `fromMe`. */
  readonly sender: PersonId
  readonly senderName?: string | undefined
  readonly fromMe: boolean
  readonly at: EpochMs
  /** The message that this one answers. */
  readonly quotedWhatsappId?: WhatsappId | undefined
  readonly forwarded: boolean
  /** The message whose content this one replaces. */
  readonly editOf?: WhatsappId | undefined
  /** Of a change in a channel, which has the id of the message that it changes: tells it from other changes. */
  readonly change?: string | undefined
  /** Sent to a list of people at once. */
  readonly broadcast?: boolean | undefined
  /** Of a message to a list of our own: to whom it went. */
  readonly listRecipients?: readonly PersonId[] | undefined
  readonly mentions?: readonly PersonId[] | undefined
  /** After how long the chat lets it disappear; 0 is never. */
  readonly expiresAfterSeconds?: number | undefined
  /** The advertisement that it answers. */
  readonly ad?: AdReply | undefined
  /** It answers a status (story) of ours. */
  readonly answersStatus?: StatusAnswer | undefined
  /** Of a message in a channel: the number that the channel gave it. */
  readonly serverId?: string | undefined
  readonly content: IncomingContent
  /** Where the files lie that `content` names. */
  readonly media?: readonly MediaReference[] | undefined
  /** Of what can be answered or forwarded; of an edit, what the message says now. */
  readonly original?: OriginalMessage | undefined
}

export interface AdReply {
  readonly title: string
  readonly body: string
  readonly mediaType: number
  readonly thumbnailUrl: string
  readonly sourceType: string
  readonly sourceId: string
  readonly sourceUrl: string
  /** Meta's id of the click. */
  readonly clickId: string
  readonly containsAutoReply: boolean
  readonly renderLargerThumbnail: boolean
  readonly showAdAttribution: boolean
}

/** What of the status is known. Of a text only that it was one. */
export interface StatusAnswer {
  readonly image?: SharedImage | undefined
  readonly video?: SharedVideo | undefined
  readonly audio?: SharedFile | undefined
}

/** What this number makes of its chats. Its phone and its other devices show it. */

import type { PersonId, Recipient } from './chat.js'
import type { WhatsappId } from './message-id.js'
import type { EpochMs } from './time.js'

export const chatChanges = [
  'archive',
  'unarchive',
  'pin',
  'unpin',
  'mute',
  'unmute',
  'read',
  'unread',
  'clear',
  'delete',
] as const

export type ChatChange = (typeof chatChanges)[number]

/** A message that this gateway knows of the chat. */
export interface SeenMessage {
  readonly whatsappId: WhatsappId
  readonly author: PersonId
  readonly fromMe: boolean
  readonly at: EpochMs
}

export interface ChatApi {
  /**
   * `newest`: the last messages of the chat, the newest first. They tell the other devices up to where
   * the chat is meant, and `read` shows their authors that they were read. May be empty.
   *
   * @throws NotConnectedError, WhatsappRefusedError, WhatsappSilentError; again is safe
   */
  change(chat: Recipient, change: ChatChange, newest: readonly SeenMessage[]): Promise<void>

  /**
   * Asks the phone of the number to upload messages of the chat that are older than this one. They come as
   * history, seconds later, if the phone is online and has some.
   *
   * @throws NotConnectedError; again is safe
   */
  askForOlder(chat: Recipient, oldest: SeenMessage, count: number): Promise<void>
}

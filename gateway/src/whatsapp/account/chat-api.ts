/** What this number makes of its chats, over one open socket: app state, and read receipts. */

import { chatModificationToAppPatch, type ChatModification, type WASocket } from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type { ChatApi, ChatChange, SeenMessage } from '../../domain/chat-changes.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { jidOfPerson } from '../jid.js'
import type { Address, RecipientResolver } from '../send/resolve.js'
import { knownAddress } from './known-address.js'
import type { AppState } from './app-state.js'

export interface ChatApiOptions {
  readonly sock: Pick<WASocket, 'readMessages' | 'fetchMessageHistory'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly appState: Pick<AppState, 'write'>
  readonly clock: Pick<Clock, 'now'>
  isOpen(): boolean
}

const forEver = -1

export class BaileysChatApi implements ChatApi {
  readonly #options: ChatApiOptions

  constructor(options: ChatApiOptions) {
    this.#options = options
  }

  async change(chat: Recipient, change: ChatChange, newest: readonly SeenMessage[]): Promise<void> {
    const { sock, appState, clock } = this.#options
    const address = await knownAddress(chat, this.#options)
    const seen = newest.map((message) => keyed(message, address))
    const range = rangeOf(seen, clock.now())
    const modifications = modificationsOf(change, range)
    await appState.write(
      modifications.map((modification) => chatModificationToAppPatch(modification, address.jid)),
    )
    if (change !== 'read') return
    const received = seen.filter(({ key }) => !key.fromMe)
    if (received.length > 0) await sock.readMessages(received.map(({ key }) => key))
  }

  async askForOlder(chat: Recipient, oldest: SeenMessage, count: number): Promise<void> {
    const { sock } = this.#options
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
    const { key, messageTimestamp } = keyed(oldest, await knownAddress(chat, this.#options))
    // The field is named after milliseconds and holds seconds (whatsmeow `BuildHistorySyncRequest`).
    await sock.fetchMessageHistory(count, key, messageTimestamp)
  }
}

type LastMessages = Extract<ChatModification, { archive: boolean }>['lastMessages']
type Keyed = ReturnType<typeof keyed>

function modificationsOf(
  change: ChatChange,
  lastMessages: LastMessages,
): readonly ChatModification[] {
  switch (change) {
    case 'archive':
      // WhatsApp's apps show no archived chat as pinned.
      return [{ archive: true, lastMessages }, { pin: false }]
    case 'unarchive':
      return [{ archive: false, lastMessages }]
    case 'pin':
      return [{ pin: true }]
    case 'unpin':
      return [{ pin: false }]
    case 'mute':
      return [{ mute: forEver }]
    case 'unmute':
      return [{ mute: null }]
    case 'read':
      return [{ markRead: true, lastMessages }]
    case 'unread':
      return [{ markRead: false, lastMessages }]
    case 'clear':
      return [{ clear: true, lastMessages }]
    case 'delete':
      return [{ delete: true, lastMessages }]
  }
}

/**
 * Up to which message the chat is meant. whatsmeow (`appstate/encode.go`) names the time of now where it
 * knows no message; Baileys hands a range on that is no list.
 */
function rangeOf([newest]: readonly Keyed[], now: EpochMs): LastMessages {
  if (newest === undefined) return { lastMessageTimestamp: secondsOf(now) }
  return { lastMessageTimestamp: newest.messageTimestamp, messages: [asMessage(newest)] }
}

function asMessage({ key, messageTimestamp }: Keyed) {
  return { key, timestamp: messageTimestamp }
}

function keyed({ whatsappId: id, author, fromMe, at }: SeenMessage, { jid, chat }: Address) {
  const participant = chat.kind === 'group' && !fromMe ? jidOfPerson(author) : undefined
  const key = { remoteJid: jid, id, fromMe, ...(participant === undefined ? {} : { participant }) }
  return { key, messageTimestamp: secondsOf(at) }
}

const secondsOf = (at: EpochMs): number => Math.floor(at / 1_000)

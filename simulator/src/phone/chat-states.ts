/** What a phone's owner, or a companion, made of its chats: archived, pinned, muted, unread, cleared, deleted. */

import type { proto } from 'baileys'
import type { ChatState, EpochMs } from '../model.js'
import type { Network } from '../network.js'
import type { Mutation } from './app-state.js'
import { chatOf } from './chat-names.js'
import type { MessageShelf } from './message-shelf.js'

export interface ChatStatesParts {
  readonly network: Network
  readonly shelf: Pick<MessageShelf, 'messages' | 'advance' | 'remove'>
  readonly changed: () => void
}

const untouched: ChatState = { archived: false, markedUnread: false }

export class ChatStates {
  readonly #parts: ChatStatesParts
  readonly #states = new Map<string, ChatState>()
  readonly #watchers = new Set<() => void>()

  constructor(parts: ChatStatesParts) {
    this.#parts = parts
  }

  /** By number (digits) or a group's JID. Chats that nothing was done to are left out. */
  get all(): ReadonlyMap<string, ChatState> {
    return this.#states
  }

  of(chat: string): ChatState {
    return this.#states.get(chat) ?? untouched
  }

  /** Resolves when the chat is so, now or later. Rejects after `timeoutMs`. */
  async until(
    chat: string,
    predicate: (state: ChatState) => boolean,
    timeoutMs = 60_000,
  ): Promise<ChatState> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look)
        reject(new Error(`the chat did not become so in ${timeoutMs} ms`))
      }, timeoutMs)
      const look = (): void => {
        if (!predicate(this.of(chat))) return
        clearTimeout(timer)
        this.#watchers.delete(look)
        resolve(this.of(chat))
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** By number (digits) or a group's JID. */
  setTimer(chat: string, seconds: number): void {
    this.#change(chat, { timerSeconds: seconds === 0 ? undefined : seconds })
  }

  apply({ index: [kind, jid, ...rest], value }: Mutation): void {
    const chat = this.#chatNamed(jid)
    if (chat === undefined || value === undefined || kind === undefined) return
    switch (kind) {
      case 'archive':
        return this.#change(chat, { archived: value.archiveChatAction?.archived === true })
      case 'pin_v1':
        return this.#change(chat, {
          pinnedAt: value.pinAction?.pinned === true ? numberIn(value.timestamp) : undefined,
        })
      case 'mute':
        return this.#change(chat, { mutedUntil: mutedUntilIn(value.muteAction) })
      case 'markChatAsRead':
        return this.#mark(chat, value.markChatAsReadAction)
      case 'clearChat':
        return this.#clear(chat, value.clearChatAction?.messageRange)
      case 'deleteChat':
        this.#states.delete(chat)
        return this.#clear(chat, value.deleteChatAction?.messageRange)
      case 'deleteMessageForMe':
        return this.#parts.shelf.remove(({ id, chat: of }) => id === rest[0] && of === chat)
      default:
        return undefined
    }
  }

  #mark(
    chat: string,
    action: proto.SyncActionValue.IMarkChatAsReadAction | null | undefined,
  ): void {
    const isRead = action?.read === true
    if (isRead) {
      const { shelf } = this.#parts
      const within = withinRange(action.messageRange)
      for (const { key, at, fromMe, chat: of } of shelf.messages)
        if (of === chat && !fromMe && within(at)) shelf.advance(key, 'read')
    }
    this.#change(chat, { markedUnread: !isRead })
  }

  #clear(chat: string, range: Range): void {
    const within = withinRange(range)
    this.#parts.shelf.remove((message) => message.chat === chat && within(message.at))
    this.#tell()
  }

  #change(chat: string, change: Partial<ChatState>): void {
    this.#states.set(chat, { ...this.of(chat), ...change })
    this.#tell()
  }

  #tell(): void {
    this.#parts.changed()
    for (const look of this.#watchers) look()
  }

  /** An unknown JID changes nothing. */
  #chatNamed(jid: string | undefined): string | undefined {
    if (jid === undefined || !jid.includes('@')) return undefined
    const { network } = this.#parts
    const isKnown = network.group(jid) !== undefined || network.accountOf(jid) !== undefined
    if (!isKnown) return undefined
    const chat = chatOf(network, jid)
    return 'subject' in chat ? chat.id : chat.phone
  }
}

type Range = proto.SyncActionValue.ISyncActionMessageRange | null | undefined

/** A device says up to which message it means the chat: later ones it had not seen. */
function withinRange(range: Range): (at: EpochMs) => boolean {
  const last = numberIn(range?.lastMessageTimestamp)
  return last === 0 ? () => true : (at) => Math.floor(at / 1_000) <= last
}

/** -1 is for ever. */
function mutedUntilIn(
  action: proto.SyncActionValue.IMuteAction | null | undefined,
): EpochMs | 'always' | undefined {
  if (action?.muted !== true) return undefined
  const end = numberIn(action.muteEndTimestamp)
  return end > 0 ? end : 'always'
}

function numberIn(value: unknown): number {
  return value === undefined || value === null ? 0 : Number(value)
}

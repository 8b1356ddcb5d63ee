/**
 * Who is there and who types: hears it, and asks to be told.
 *
 * It is read from the stanza, because Baileys makes "paused" into "available".
 */

import { type BinaryNode, jidNormalizedUser, type WASocket } from 'baileys'
import type { ChatId } from '../../domain/chat.js'
import type { ChatPresence, Presence } from '../../domain/presence.js'
import { chatOfJid, jidOfPerson, personOfJid } from '../jid.js'

/** Of `<presence>` and `<chatstate>`; `undefined` for what says nothing about a chat of ours. */
export function presenceOf({ tag, attrs, content }: BinaryNode): ChatPresence | undefined {
  const chat = chatOfJid(attrs['from'])
  if (chat === undefined) return undefined
  const presence = tag === 'presence' ? beingThere(attrs['type']) : doing(content)
  if (presence === undefined) return undefined
  const lastSeconds = Number(attrs['last'])
  return {
    chat,
    participant: chat.kind === 'group' ? personOfJid(attrs['participant']) : undefined,
    presence,
    lastSeenAt: lastSeconds > 0 ? lastSeconds * 1_000 : undefined,
  }
}

function beingThere(type: string | undefined): Presence | undefined {
  if (type === undefined || type === 'available') return 'available'
  return type === 'unavailable' ? 'unavailable' : undefined
}

function doing(content: BinaryNode['content']): Presence | undefined {
  const [state] = Array.isArray(content) ? content : []
  if (state?.tag === 'composing')
    return state.attrs['media'] === 'audio' ? 'recording' : 'composing'
  return state?.tag === 'paused' ? 'paused' : undefined
}

/** Asked for once a connection: WhatsApp forgets it with the socket. */
const mostWatched = 2_000

export class PresenceWatch {
  readonly #sock: WASocket
  readonly #watched = new Set<string>()
  #isOnline = false

  constructor(sock: WASocket) {
    this.#sock = sock
  }

  /** Throws when the socket is closed. */
  async watch(chat: ChatId): Promise<void> {
    if (!this.#isOnline) {
      this.#isOnline = true
      // Without it WhatsApp tells nothing about others.
      await this.#sock.sendPresenceUpdate('available')
    }
    const jid = chat.kind === 'person' ? jidOfPerson(chat) : undefined
    if (jid === undefined || this.#watched.has(jid)) return
    const [oldest] = this.#watched
    if (this.#watched.size >= mostWatched && oldest !== undefined) this.#watched.delete(oldest)
    this.#watched.add(jid)
    await this.#sock.presenceSubscribe(jidNormalizedUser(jid))
  }
}

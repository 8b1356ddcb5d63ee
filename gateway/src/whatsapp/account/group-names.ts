/**
 * The names of groups. No message says the name of its group, so WhatsApp is asked once a group, and
 * tells changes by itself. Strangers can put the number into groups, so what asking costs is bounded.
 */

import { type BinaryNode, getBinaryNodeChild, type WASocket } from 'baileys'
import type { ChatId } from '../../domain/chat.js'
import { answerTo } from '../connection/ask.js'
import { chatOfJid, groupJid } from '../jid.js'
import type { PairingMemory } from '../connection/pairing-memory.js'

const answerMs = 4_000
const mostAtOnce = 8
/** WhatsApp's limit is 100. */
const mostLetters = 200

export class GroupNames {
  readonly #sock: Pick<WASocket, 'query'>
  readonly #known: PairingMemory['groupNames']
  readonly #asked = new Map<string, Promise<string | undefined>>()

  constructor(sock: Pick<WASocket, 'query'>, memory: Pick<PairingMemory, 'groupNames'>) {
    this.#sock = sock
    this.#known = memory.groupNames
  }

  /** `undefined` for what is no group, and where WhatsApp does not say or takes too long. Never throws. */
  async of(chat: ChatId): Promise<string | undefined> {
    if (chat.kind !== 'group') return undefined
    const { group } = chat
    const known = await this.#known.get<string>(group)
    if (known !== undefined) return known
    const asked = this.#asked.get(group)
    if (asked !== undefined) return asked
    if (this.#asked.size >= mostAtOnce) return undefined
    const answer = this.#ask(group).finally(() => this.#asked.delete(group))
    this.#asked.set(group, answer)
    return answer
  }

  /** Call it with each notification of a group: its name may be another one now. */
  hear({ attrs, content }: BinaryNode): void {
    const chat = chatOfJid(attrs['from'])
    if (attrs['type'] !== 'w:gp2' || chat?.kind !== 'group' || !Array.isArray(content)) return
    if (content.some(({ tag }) => tag === 'subject' || tag === 'create'))
      void this.#known.del(chat.group)
  }

  async #ask(group: string): Promise<string | undefined> {
    const query = { tag: 'query', attrs: { request: 'interactive' } }
    const attrs = { to: groupJid(group), type: 'get', xmlns: 'w:g2' }
    const question = this.#sock.query({ tag: 'iq', attrs, content: [query] }, answerMs)
    try {
      const answer = await answerTo<BinaryNode>(question)
      const name = getBinaryNodeChild(answer, 'group')?.attrs['subject']?.slice(0, mostLetters)
      if (name !== undefined) await this.#known.set(group, name)
      return name
    } catch {
      return undefined
    }
  }
}

/** What this number shows of itself (`xmlns=privacy`), over one open socket. Baileys has no lists of single people. */

import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import { NotConnectedError, WhatsappRefusedError } from '../../domain/errors.js'
import type { Audience, ListChange, ListedSetting, PrivacyApi } from '../../domain/privacy.js'
import { ask } from '../connection/ask.js'
import { personOfJid, withOtherAddress } from '../jid.js'
import type { Address, Directory, RecipientResolver } from '../send/resolve.js'
import { knownAddress, namesInList } from './known-address.js'

export interface PrivacyApiOptions {
  readonly sock: Pick<WASocket, 'query'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly directory: Pick<Directory, 'phoneOf'>
  isOpen(): boolean
}

const categories: Readonly<Record<ListedSetting, string>> = {
  'last-seen': 'last',
  picture: 'profile',
  about: 'status',
  'group-adds': 'groupadd',
}
const audiences: Readonly<Record<Audience, string>> = {
  all: 'all',
  contacts: 'contacts',
  none: 'none',
  'all-but': 'contact_blacklist',
}
const blacklist = audiences['all-but']
/** Of the server: the list is another one by now. */
const conflict = 409
const mostTries = 5
/** What names a list that is empty. */
const noList = 'none'

export class BaileysPrivacyApi implements PrivacyApi {
  readonly #options: PrivacyApiOptions

  constructor(options: PrivacyApiOptions) {
    this.#options = options
  }

  async excluded(setting: ListedSetting): Promise<readonly PersonId[]> {
    const { people } = await this.#listOf(categories[setting])
    return Promise.all(people.map((person) => this.#whole(person)))
  }

  async setAudience(
    setting: ListedSetting,
    audience: Audience,
    changes: readonly ListChange[],
  ): Promise<void> {
    const name = categories[setting]
    if (audience !== 'all-but') return this.#set(name, audiences[audience])
    const users: BinaryNode[] = []
    for (const change of changes)
      users.push(userOf(await knownAddress(change.person, this.#options), change))
    return this.#setList(name, users)
  }

  setOnline(audience: 'all' | 'as-last-seen'): Promise<void> {
    return this.#set('online', audience === 'all' ? 'all' : 'match_last_seen')
  }

  setReadReceipts(areSent: boolean): Promise<void> {
    return this.#set('readreceipts', areSent ? 'all' : 'none')
  }

  async setDefaultTimer(seconds: number): Promise<void> {
    const mode = { tag: 'disappearing_mode', attrs: { duration: seconds.toString() } }
    await this.#ask('disappearing_mode', 'set', mode)
  }

  /** The change names the list that it was made for. */
  async #setList(name: string, users: readonly BinaryNode[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const { dhash } = await this.#listOf(name)
      const attrs = { name, value: blacklist, dhash: dhash ?? noList }
      const category = { tag: 'category', attrs, content: [...users] }
      const addressing = { addressing_mode: 'lid' }
      try {
        await this.#ask('privacy', 'set', privacy(addressing, category))
        return
      } catch (cause) {
        const isTooLate = cause instanceof WhatsappRefusedError && cause.refusal === conflict
        if (!isTooLate || tries === mostTries) throw cause
      }
    }
  }

  async #listOf(name: string): Promise<List> {
    const list = { tag: 'list', attrs: { name, value: blacklist } }
    const answer = await this.#ask('privacy', 'get', privacy({ addressing_mode: 'lid' }, list))
    const found = getBinaryNodeChild(getBinaryNodeChild(answer, 'privacy'), 'list')
    const people = getBinaryNodeChildren(found, 'user').flatMap(({ attrs }) => {
      const person = personOfJid(attrs['jid'])
      return person === undefined ? [] : [withOtherAddress(person, personOfJid(attrs['pn_jid']))]
    })
    return { dhash: found?.attrs['dhash'], people }
  }

  async #whole(person: PersonId): Promise<PersonId> {
    if (person.phone !== undefined || person.lid === undefined) return person
    const phone = personOfJid(await this.#options.directory.phoneOf(person.lid))
    return withOtherAddress(person, phone)
  }

  async #set(name: string, value: string): Promise<void> {
    await this.#ask('privacy', 'set', privacy({}, { tag: 'category', attrs: { name, value } }))
  }

  async #ask(xmlns: string, type: 'get' | 'set', content: BinaryNode): Promise<BinaryNode> {
    const { sock } = this.#options
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
    const attrs = { xmlns, to: S_WHATSAPP_NET, type }
    return ask(sock, { tag: 'iq', attrs, content: [content] })
  }
}

interface List {
  readonly dhash: string | undefined
  readonly people: readonly PersonId[]
}

function privacy(attrs: Readonly<Record<string, string>>, content: BinaryNode): BinaryNode {
  return { tag: 'privacy', attrs: { ...attrs }, content: [content] }
}

function userOf(address: Address, { isExcluded }: ListChange): BinaryNode {
  const action = isExcluded ? 'add' : 'remove'
  return { tag: 'user', attrs: { action, ...namesInList(address) } }
}

/** What this number shows of itself (`xmlns=privacy`), over one open socket. Baileys has no lists of single people. */

import { type BinaryNode, S_WHATSAPP_NET, type WASocket } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import { NotConnectedError, WhatsappRefusedError } from '../../domain/errors.js'
import type { DirectoryFact } from '../../domain/directory.js'
import type {
  Audience,
  ListChange,
  ListedSetting,
  OnlineAudience,
  PrivacyApi,
  PrivacyFacts,
} from '../../domain/privacy.js'
import { ask } from '../connection/ask.js'
import { personOfJid, withOtherAddress } from '../jid.js'
import type { Address, Directory, RecipientResolver } from '../send/resolve.js'
import { knownAddress, namesInList } from './known-address.js'
import { audiences, blacklist, categories, privacy, readList } from './privacy-reader.js'

export interface PrivacyApiOptions {
  readonly sock: Pick<WASocket, 'query'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  readonly directory: Pick<Directory, 'phoneOf'>
  isOpen(): boolean
  /** Stores it in the directory. */
  readonly keep: (facts: readonly DirectoryFact[]) => Promise<void>
}

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
    this.#assertOpen()
    const { people } = await readList(this.#options.sock, setting)
    return Promise.all(people.map((person) => this.#whole(person)))
  }

  async setAudience(
    setting: ListedSetting,
    audience: Audience,
    changes: readonly ListChange[],
  ): Promise<void> {
    if (audience === 'all-but') return this.#leaveOut(setting, changes)
    await this.#set(categories[setting], audiences[audience])
    await this.#keep({ [setting]: audience })
  }

  async setOnline(audience: OnlineAudience): Promise<void> {
    await this.#set('online', audience === 'all' ? 'all' : 'match_last_seen')
    await this.#keep({ online: audience })
  }

  async setReadReceipts(areSent: boolean): Promise<void> {
    await this.#set('readreceipts', areSent ? 'all' : 'none')
    await this.#keep({ readReceipts: areSent })
  }

  async setDefaultTimer(seconds: number): Promise<void> {
    const mode = { tag: 'disappearing_mode', attrs: { duration: seconds.toString() } }
    await this.#ask('disappearing_mode', 'set', mode)
    await this.#keep({ defaultTimer: seconds })
  }

  async #leaveOut(setting: ListedSetting, changes: readonly ListChange[]): Promise<void> {
    const users: BinaryNode[] = []
    const changed: DirectoryFact[] = []
    for (const change of changes) {
      const address = await knownAddress(change.person, this.#options)
      users.push(userOf(address, change))
      const { isExcluded: isListed } = change
      if (address.chat.kind === 'person')
        changed.push({
          kind: 'privacy-list-changed',
          list: setting,
          person: personOf(address.chat),
          isListed,
        })
    }
    const before = await this.#setList(setting, users)
    const people = await Promise.all(before.map((person) => this.#whole(person)))
    await this.#options.keep([
      { kind: 'privacy', facts: { [setting]: 'all-but' } },
      { kind: 'privacy-list', list: setting, people },
      ...changed,
    ])
  }

  /** The change names the list that it was made for; gives that one. */
  async #setList(
    setting: ListedSetting,
    users: readonly BinaryNode[],
  ): Promise<readonly PersonId[]> {
    const name = categories[setting]
    for (let tries = 1; ; tries += 1) {
      this.#assertOpen()
      const { dhash, people } = await readList(this.#options.sock, setting)
      const attrs = { name, value: blacklist, dhash: dhash ?? noList }
      const category = { tag: 'category', attrs, content: [...users] }
      const addressing = { addressing_mode: 'lid' }
      try {
        await this.#ask('privacy', 'set', privacy(addressing, category))
        return people
      } catch (cause) {
        const isTooLate = cause instanceof WhatsappRefusedError && cause.refusal === conflict
        if (!isTooLate || tries === mostTries) throw cause
      }
    }
  }

  async #whole(person: PersonId): Promise<PersonId> {
    if (person.phone !== undefined || person.lid === undefined) return person
    const phone = personOfJid(await this.#options.directory.phoneOf(person.lid))
    return withOtherAddress(person, phone)
  }

  async #set(name: string, value: string): Promise<void> {
    await this.#ask('privacy', 'set', privacy({}, { tag: 'category', attrs: { name, value } }))
  }

  async #ask(xmlns: string, type: 'set', content: BinaryNode): Promise<BinaryNode> {
    this.#assertOpen()
    const { sock } = this.#options
    const attrs = { xmlns, to: S_WHATSAPP_NET, type }
    return ask(sock, { tag: 'iq', attrs, content: [content] })
  }

  #keep(facts: PrivacyFacts): Promise<void> {
    return this.#options.keep([{ kind: 'privacy', facts }])
  }

  #assertOpen(): void {
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
  }
}

function userOf(address: Address, { isExcluded }: ListChange): BinaryNode {
  const action = isExcluded ? 'add' : 'remove'
  return { tag: 'user', attrs: { action, ...namesInList(address) } }
}

function personOf({ phone, lid }: PersonId): PersonId {
  return { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) }
}

/** What an account shows, and to whom. WhatsApp's own words for settings and values. */

import { createHash } from 'node:crypto'

const whoSees = ['all', 'contacts', 'contact_blacklist', 'none']

const values: Readonly<Record<string, readonly string[]>> = {
  last: whoSees,
  profile: whoSees,
  status: whoSees,
  groupadd: ['all', 'contacts', 'contact_blacklist'],
  online: ['all', 'match_last_seen'],
  readreceipts: ['all', 'none'],
  calladd: ['all', 'known'],
  messages: ['all', 'contacts'],
}

/** What names an empty list. */
const noList = 'none'

/** The account whose settings they are, as far as they concern others. */
export interface PrivateAccount {
  readonly lid: string
  readonly blocked: { has(other: PrivateAccount): boolean }
  readonly contacts: { has(other: PrivateAccount): boolean }
}

export class Privacy<Account extends PrivateAccount> {
  readonly #owner: Account
  readonly #values = new Map(Object.keys(values).map((name) => [name, 'all']))
  readonly #lists = new Map<string, Set<Account>>()

  constructor(owner: Account) {
    this.#owner = owner
  }

  /** Of each setting. */
  get values(): ReadonlyMap<string, string> {
    return this.#values
  }

  /** `false` for what WhatsApp does not know. */
  set(name: string, value: string): boolean {
    if (values[name]?.includes(value) !== true) return false
    this.#values.set(name, value)
    return true
  }

  /** Who is left out by `contact_blacklist`. */
  list(name: string): Set<Account> {
    const list = this.#lists.get(name) ?? new Set()
    this.#lists.set(name, list)
    return list
  }

  /** Names the list as it is now. */
  hashOf(name: string): string {
    const lids = [...this.list(name)].map(({ lid }) => lid).toSorted()
    if (lids.length === 0) return noList
    return createHash('sha256').update(lids.join()).digest('base64url').slice(0, 12)
  }

  isShown(name: string, to: Account): boolean {
    const owner = this.#owner
    if (to === owner) return true
    if (owner.blocked.has(to)) return false
    const value = this.#values.get(name)
    if (value === 'all') return true
    const isListed = value === 'contact_blacklist' && this.list(name).has(to)
    return value !== 'none' && owner.contacts.has(to) && !isListed
  }
}

/** A group: its members, who are always addressed by LID. */

import type { Account } from './account.js'
import type { EpochMs, GroupFace } from './model.js'

export class Group implements GroupFace {
  readonly id: string
  readonly subject: string
  readonly createdAt: EpochMs
  #accounts: readonly Account[]

  constructor(group: {
    readonly id: string
    readonly subject: string
    readonly createdAt: EpochMs
    readonly accounts: readonly Account[]
  }) {
    this.id = group.id
    this.subject = group.subject
    this.createdAt = group.createdAt
    this.#accounts = group.accounts
  }

  /** The first one created it. */
  get accounts(): readonly Account[] {
    return this.#accounts
  }

  /** Does nothing for a member. */
  add(account: Account): void {
    this.#accounts = [...new Set([...this.#accounts, account])]
  }

  remove(account: Account): void {
    this.#accounts = this.#accounts.filter((member) => member !== account)
  }

  get members(): readonly string[] {
    return this.accounts.map((account) => account.phone)
  }
}

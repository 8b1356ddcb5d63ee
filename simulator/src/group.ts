/** A group: its members, who are always addressed by LID. */

import type { Account } from './account.js'
import type { EpochMs, GroupFace } from './model.js'

export class Group implements GroupFace {
  readonly id: string
  readonly subject: string
  readonly createdAt: EpochMs
  /** The first one created it. */
  readonly accounts: readonly Account[]

  constructor(group: {
    readonly id: string
    readonly subject: string
    readonly createdAt: EpochMs
    readonly accounts: readonly Account[]
  }) {
    this.id = group.id
    this.subject = group.subject
    this.createdAt = group.createdAt
    this.accounts = group.accounts
  }

  get members(): readonly string[] {
    return this.accounts.map((account) => account.phone)
  }
}

/** A group: its members, who are always addressed by LID, and what its admins have set. */

import { randomBytes } from 'node:crypto'
import type { Account } from './account.js'
import type { EpochMs, GroupFace } from './model.js'

/** Who changed a part of a group, and when. */
interface Mark {
  readonly by: Account | undefined
  readonly at: EpochMs
}

/** WhatsApp's settings of a group, by the tag that tells that one is on. */
export type GroupSetting = 'announcement' | 'locked' | 'membership_approval_mode'

/** Who may share the invitation link. */
export type LinkMode = 'ADMIN_LINK' | 'ALL_MEMBER_LINK'

export class Group implements GroupFace {
  readonly id: string
  readonly createdAt: EpochMs
  readonly createdBy: Account | undefined
  /** The settings that are on. */
  readonly settings = new Set<GroupSetting>()
  /** Who asked to join, and waits for an admin. */
  readonly requests = new Set<Account>()
  membersMayAdd = true
  linkMode: LinkMode = 'ALL_MEMBER_LINK'
  /** After how long new messages disappear; 0 is never. */
  timerSeconds = 0
  /** The parent of groups. It takes no messages itself. */
  readonly isCommunity: boolean
  /** The community that the group belongs to. */
  community: Group | undefined
  /** Of a community: its group for news, in which all members are. Of any other group: none. */
  announcements: Group | undefined
  /** Of a community: whether members add groups to it. */
  membersMayAddGroups = true
  /** JPEG. */
  picture: Uint8Array | undefined
  /** The last part of the invitation link. */
  inviteCode: string
  #subject: Mark & { readonly text: string }
  #description: (Mark & { readonly text: string; readonly id: string }) | undefined
  #accounts: readonly Account[]
  readonly #admins = new Set<Account>()

  constructor(group: {
    readonly id: string
    readonly subject: string
    readonly createdAt: EpochMs
    readonly accounts: readonly Account[]
    readonly inviteCode?: string | undefined
    readonly isCommunity?: boolean | undefined
  }) {
    this.id = group.id
    this.createdAt = group.createdAt
    this.#accounts = group.accounts
    const [creator] = group.accounts
    this.createdBy = creator
    if (creator !== undefined) this.#admins.add(creator)
    this.#subject = { text: group.subject, by: creator, at: group.createdAt }
    this.isCommunity = group.isCommunity ?? false
    this.inviteCode = group.inviteCode ?? newInviteCode()
  }

  get accounts(): readonly Account[] {
    return this.#accounts
  }

  get subject(): string {
    return this.#subject.text
  }

  get subjectMark(): Mark {
    return this.#subject
  }

  get description(): (Mark & { readonly text: string; readonly id: string }) | undefined {
    return this.#description
  }

  get members(): readonly string[] {
    return this.accounts.map((account) => account.phone)
  }

  get admins(): readonly string[] {
    return [...this.#admins].map(({ phone }) => phone)
  }

  get requesters(): readonly string[] {
    return [...this.requests].map(({ phone }) => phone)
  }

  isMember(account: Account): boolean {
    return this.#accounts.includes(account)
  }

  isAdmin(account: Account): boolean {
    return this.#admins.has(account)
  }

  rename(text: string, mark: Mark): void {
    this.#subject = { text, ...mark }
  }

  /** `undefined` takes the description away. */
  describe(description: { readonly text: string; readonly id: string } | undefined, mark: Mark) {
    this.#description = description && { ...description, ...mark }
  }

  renewInvitation(): void {
    this.inviteCode = newInviteCode()
  }

  /** Does nothing for a member. */
  add(account: Account): void {
    this.requests.delete(account)
    this.#accounts = [...new Set([...this.#accounts, account])]
  }

  remove(account: Account): void {
    this.#accounts = this.#accounts.filter((member) => member !== account)
    this.#admins.delete(account)
  }

  promote(account: Account): void {
    this.#admins.add(account)
  }

  demote(account: Account): void {
    this.#admins.delete(account)
  }
}

function newInviteCode(): string {
  return randomBytes(16).toString('base64url')
}

/** A channel: who runs it, who follows it, and what it shows of itself. Its messages are not encrypted. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Account, Device } from './account.js'
import type { EpochMs } from './model.js'

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000

export type NewsletterRole = 'OWNER' | 'ADMIN' | 'SUBSCRIBER' | 'GUEST'

/** What the channel said. */
export interface Post {
  readonly id: string
  /** Its number in the channel, which reactions name. */
  readonly serverId: string
  readonly at: EpochMs
  /** `text`, `media` … */
  readonly type: string
  /** As it reads after its edits. */
  plaintext: BinaryNode
  readonly reactions: Map<Account, string>
}

export class Newsletter {
  /** `…@newsletter` */
  readonly id: string
  readonly createdAt: EpochMs
  name: string
  description: string
  /** JPEG. */
  picture: Uint8Array | undefined
  /** Where the media host has the picture. */
  picturePath: string | undefined
  reactionCodes: 'BASIC' | 'ALL' = 'ALL'
  readonly invite = randomBytes(12).toString('base64url')
  owner: Account
  readonly admins = new Set<Account>()
  /** Who was asked to be an admin, and until when. */
  readonly invited = new Map<Account, EpochMs>()
  /** All its readers, its owner too. */
  readonly followers = new Set<Account>()
  readonly muted = new Set<Account>()
  /** Linked devices that asked to be told of reactions, and until when. */
  readonly watchers = new Map<Device, EpochMs>()
  readonly #posts = new Map<string, Post>()
  #lastServerId = 100

  constructor(newsletter: {
    readonly id: string
    readonly name: string
    readonly description?: string | undefined
    readonly owner: Account
    readonly createdAt: EpochMs
  }) {
    this.id = newsletter.id
    this.name = newsletter.name
    this.description = newsletter.description ?? ''
    this.createdAt = newsletter.createdAt
    this.owner = newsletter.owner
    this.followers.add(newsletter.owner)
  }

  roleOf(account: Account): NewsletterRole {
    if (account === this.owner) return 'OWNER'
    if (this.admins.has(account)) return 'ADMIN'
    return this.followers.has(account) ? 'SUBSCRIBER' : 'GUEST'
  }

  /** Whether the person may write in it and change it. */
  isRunBy(account: Account): boolean {
    return account === this.owner || this.admins.has(account)
  }

  /** Returns until when the invitation holds. */
  inviteAdmin(account: Account, now: EpochMs): EpochMs {
    const until = now + INVITATION_MS
    this.invited.set(account, until)
    return until
  }

  /** False without an invitation that still holds. */
  acceptInvitation(account: Account, now: EpochMs): boolean {
    const until = this.invited.get(account) ?? 0
    if (until < now) return false
    this.invited.delete(account)
    this.admins.add(account)
    this.followers.add(account)
    return true
  }

  /** The owner before is an admin. */
  transferTo(account: Account): void {
    this.admins.add(this.owner)
    this.admins.delete(account)
    this.owner = account
  }

  /** WhatsApp counts the messages of each channel. */
  post(said: Pick<Post, 'id' | 'at' | 'type' | 'plaintext'>): Post {
    this.#lastServerId += 1
    const post = { ...said, serverId: `${this.#lastServerId}`, reactions: new Map() }
    this.#posts.set(said.id, post)
    return post
  }

  /** In the order of their numbers. */
  get posts(): readonly Post[] {
    return [...this.#posts.values()]
  }

  posted(id: string): Post | undefined {
    return this.#posts.get(id)
  }

  numbered(serverId: string): Post | undefined {
    return [...this.#posts.values()].find((post) => post.serverId === serverId)
  }

  remove(id: string): void {
    this.#posts.delete(id)
  }
}

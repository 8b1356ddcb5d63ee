/** Communities: a parent group that takes no messages, the groups that it links, and one of those for its news. */

import type { Recipient } from './chat.js'
import type { MemberChange, MemberOutcome } from './group.js'

export interface LinkedGroup {
  /** As `Recipient` has it. */
  readonly group: string
  readonly subject: string
  /** The group in which the community tells its news. Every person of the community is in it. */
  readonly isAnnouncement: boolean
}

export interface CommunityInfo {
  /** The id of the parent group. */
  readonly community: string
  readonly subject: string
  readonly description?: string | undefined
  readonly groups: readonly LinkedGroup[]
}

/** What WhatsApp did with one of the groups that were named. */
export interface LinkOutcome {
  readonly group: string
  /** Why not, as WhatsApp's code. Unset: done. */
  readonly refusal?: number | undefined
}

/**
 * The questions and changes of an open connection that concern communities. Name, description, picture and
 * invitation of a community are those of its parent group: `GroupApi` changes them.
 *
 * All of them throw `NotConnectedError` without an open connection, `WhatsappRefusedError` when WhatsApp
 * says no, and `WhatsappSilentError` when it does not answer. Asking again is safe but for `create`.
 */
export interface CommunityApi {
  /** The parent groups of the communities that this number is in. */
  find(community: string): Promise<CommunityInfo>
  /** `subject` has at most 100 letters. */
  create(subject: string, description: string): Promise<CommunityInfo>
  link(community: string, groups: readonly string[]): Promise<readonly LinkOutcome[]>
  unlink(community: string, groups: readonly string[]): Promise<readonly LinkOutcome[]>
  /** The community ends; its groups remain. */
  deactivate(community: string): Promise<void>
  /** Whether only admins add groups. */
  setAdminsAddGroups(community: string, adminsAddGroups: boolean): Promise<void>
  /** One outcome for each of `people`, in their order. A removed person leaves all its groups. */
  changeMembers(
    community: string,
    change: Extract<MemberChange, 'add' | 'remove' | 'promote' | 'demote'>,
    people: readonly Recipient[],
  ): Promise<readonly MemberOutcome[]>
}

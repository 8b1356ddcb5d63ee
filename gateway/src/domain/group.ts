/** Groups as WhatsApp tells them, and what may be asked and changed of them. */

import type { PersonId, Recipient } from './chat.js'
import type { EpochMs } from './time.js'

export interface GroupMember {
  readonly person: PersonId
  readonly isAdmin: boolean
  /** Made the group, and cannot be made an ordinary member. */
  readonly isCreator: boolean
}

export interface GroupSettings {
  /** Only admins send messages. */
  readonly adminsWrite: boolean
  /** Only admins change name, description and picture. */
  readonly adminsEdit: boolean
  /** An admin has to agree before a person joins. */
  readonly adminsApprove: boolean
  /** Only admins add members. */
  readonly adminsAdd: boolean
}

export interface GroupInfo extends GroupSettings {
  /** As `Recipient` has it. */
  readonly group: string
  readonly subject: string
  readonly subjectBy?: PersonId | undefined
  readonly subjectAt?: EpochMs | undefined
  readonly description?: string | undefined
  readonly createdBy?: PersonId | undefined
  readonly createdAt?: EpochMs | undefined
  /** The group that holds the community which this one belongs to. */
  readonly community?: string | undefined
  /** It is the parent of groups: a community, which takes no messages. */
  readonly isCommunity: boolean
  /** The group in which a community tells its news. */
  readonly isAnnouncement: boolean
  /** After how long new messages disappear; 0 is never. Unset: not told. */
  readonly timerSeconds?: number | undefined
  /** May be more than `members` names: an invitation names few of them. */
  readonly size: number
  readonly members: readonly GroupMember[]
}

export type MemberChange = 'add' | 'remove' | 'promote' | 'demote' | 'approve' | 'reject'

/** What WhatsApp did with one of the people that were named. */
export interface MemberOutcome {
  /** As it was asked for. */
  readonly asked: Recipient
  /** Why not, as WhatsApp's code; 404 also for a number that is not on WhatsApp. Unset: done. */
  readonly refusal?: number | 'unanswered' | undefined
}

export interface CreatedGroup {
  readonly group: string
  /** One for each of those who were named. */
  readonly outcomes: readonly MemberOutcome[]
}

/**
 * The questions and changes of an open connection that concern groups.
 *
 * All of them throw `NotConnectedError` without an open connection,
 * `WhatsappRefusedError` when WhatsApp says no, and `WhatsappSilentError` when
 * it does not answer. Asking again is safe but for `create`, which may make a second group.
 */
export interface GroupApi {
  /** Every group that this number is in. What was asked within some seconds is told again. */
  list(): Promise<readonly GroupInfo[]>
  find(group: string): Promise<GroupInfo>
  /** `subject` has at most 100 letters. */
  create(subject: string, people: readonly Recipient[]): Promise<CreatedGroup>
  /** One outcome for each of `people`, in their order. */
  changeMembers(
    group: string,
    change: MemberChange,
    people: readonly Recipient[],
  ): Promise<readonly MemberOutcome[]>
  leave(group: string): Promise<void>
  rename(group: string, subject: string): Promise<void>
  /** Empty text takes it away. */
  describe(group: string, description: string): Promise<void>
  /** `picture` is a square JPEG. */
  setPicture(group: string, picture: Uint8Array): Promise<void>
  /** Changes what differs alone; the rest keeps as it is. */
  setSettings(group: string, settings: Partial<GroupSettings>): Promise<void>
  /** After how long new messages disappear: 86,400, 604,800 or 7,776,000, or 0 for never. */
  setTimer(group: string, seconds: number): Promise<void>
  /** The last part of the invitation link. */
  invitation(group: string): Promise<string>
  /** A new one; the old one leads nowhere from then on. */
  renewInvitation(group: string): Promise<string>
  /** Which group it leads to. */
  invited(code: string): Promise<GroupInfo>
  /** `asked`: an admin has to agree first. A member of the group is `joined`. */
  join(code: string): Promise<'joined' | 'asked'>
}

/**
 * Communities over one open socket, through the stanzas of groups: WhatsApp answers with a `<group>` that
 * has a `<parent/>`, which Baileys' own functions for communities do not read.
 */

import {
  type BinaryNode,
  getAllBinaryNodeChildren,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  generateMessageIDV2,
} from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type {
  CommunityApi,
  CommunityInfo,
  LinkedGroup,
  LinkOutcome,
} from '../../domain/community.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import type { GroupInfo, MemberOutcome } from '../../domain/group.js'
import { chatOfJid, groupJid } from '../jid.js'
import type { BaileysGroupApi } from './group-api.js'
import {
  anyGroup,
  type GroupQuestions,
  groupIn,
  interactiveQuery,
  node,
  outcomesOf,
  participantsOf,
  refusalIn,
} from './group-questions.js'

export interface CommunityApiOptions {
  readonly questions: GroupQuestions
  readonly groups: Pick<BaileysGroupApi, 'list' | 'changeMembers' | 'forgetList'>
}

export class BaileysCommunityApi implements CommunityApi {
  readonly #questions: GroupQuestions
  readonly #groups: CommunityApiOptions['groups']

  constructor({ questions, groups }: CommunityApiOptions) {
    this.#questions = questions
    this.#groups = groups
  }

  async find(community: string): Promise<CommunityInfo> {
    const parent = groupIn(await this.#questions.get(groupJid(community), interactiveQuery))
    if (!parent.isCommunity)
      throw new WhatsappRefusedError('This id is that of a group, not of a community.')
    return this.#withGroups(parent)
  }

  /** The shape of WhatsApp Web: people ask to join, and there is a general chat from the start. */
  async create(subject: string, description: string): Promise<CommunityInfo> {
    const answer = await this.#set(
      anyGroup,
      node('create', { subject, key: generateMessageIDV2() }, [
        node('description', { id: generateMessageIDV2() }, [
          node('body', {}, Buffer.from(description)),
        ]),
        node('parent', { default_membership_approval_mode: 'request_required' }),
        node('allow_non_admin_sub_group_creation'),
        node('create_general_chat'),
      ]),
    )
    return this.#withGroups(groupIn(answer))
  }

  link(community: string, groups: readonly string[]): Promise<readonly LinkOutcome[]> {
    return this.#eachOf(groups, community, (group) =>
      node('links', {}, [node('link', { link_type: 'sub_group' }, [group])]),
    )
  }

  unlink(community: string, groups: readonly string[]): Promise<readonly LinkOutcome[]> {
    return this.#eachOf(groups, community, (group) =>
      node('unlink', { unlink_type: 'sub_group' }, [group]),
    )
  }

  async deactivate(community: string): Promise<void> {
    await this.#set(groupJid(community), node('delete_parent'))
  }

  async setAdminsAddGroups(community: string, adminsAddGroups: boolean): Promise<void> {
    const tag = 'allow_non_admin_sub_group_creation'
    await this.#set(groupJid(community), node(adminsAddGroups ? `not_${tag}` : tag))
  }

  /** People enter a community through the group of its news, and leave it with all its groups. */
  async changeMembers(
    community: string,
    change: 'add' | 'remove' | 'promote' | 'demote',
    people: readonly Recipient[],
  ): Promise<readonly MemberOutcome[]> {
    if (change === 'add') {
      const { groups } = await this.find(community)
      const news = groups.find(({ isAnnouncement }) => isAnnouncement)
      if (news === undefined)
        throw new WhatsappRefusedError('WhatsApp told of no announcement group in the community.')
      return this.#groups.changeMembers(news.group, 'add', people)
    }
    if (change !== 'remove') return this.#groups.changeMembers(community, change, people)
    const found = await this.#questions.addressesOf(people)
    const participants = participantsOf(found)
    if (participants.length === 0) return outcomesOf(found, undefined)
    const removed = node('remove', { linked_groups: 'true' }, participants)
    const answer = await this.#set(groupJid(community), removed)
    return outcomesOf(found, getBinaryNodeChild(answer, 'remove'))
  }

  #set(to: string, content: BinaryNode): Promise<BinaryNode> {
    this.#groups.forgetList()
    return this.#questions.set(to, content)
  }

  async #withGroups({ group, subject, description }: GroupInfo): Promise<CommunityInfo> {
    const answer = await this.#questions.get(groupJid(group), node('sub_groups'))
    const told = getBinaryNodeChildren(getBinaryNodeChild(answer, 'sub_groups'), 'group')
    return { community: group, subject, description, groups: told.flatMap(linkedGroupOf) }
  }

  /** One after the other, so that each has its own answer. */
  async #eachOf(
    groups: readonly string[],
    community: string,
    change: (group: BinaryNode) => BinaryNode,
  ): Promise<readonly LinkOutcome[]> {
    const outcomes: LinkOutcome[] = []
    for (const group of groups) {
      const jid = groupJid(group)
      try {
        const request = change(node('group', { jid }))
        const answer = await this.#set(groupJid(community), request)
        outcomes.push({ group, refusal: errorIn(answer) })
      } catch (cause) {
        const refusal = refusalIn(cause)
        if (refusal === undefined) throw cause
        outcomes.push({ group, refusal })
      }
    }
    return outcomes
  }
}

/** The error of the one group that the answer names, at whatever depth. */
function errorIn(answer: BinaryNode): number | undefined {
  for (const child of getAllBinaryNodeChildren(answer)) {
    const error = child.tag === 'group' ? Number(child.attrs['error'] ?? 200) : errorIn(child)
    if (error !== undefined && error !== 200) return error
  }
  return undefined
}

function linkedGroupOf(told: BinaryNode): readonly LinkedGroup[] {
  const { id = '', subject = '' } = told.attrs
  const chat = chatOfJid(id.includes('@') ? id : groupJid(id))
  if (chat?.kind !== 'group') return []
  const isAnnouncement = getBinaryNodeChild(told, 'default_sub_group') !== undefined
  return [{ group: chat.group, subject, isAnnouncement }]
}

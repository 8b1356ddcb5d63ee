/** Groups over one open socket. Baileys' own functions hide what WhatsApp says about single people. */

import {
  type BinaryNode,
  generateMessageIDV2,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  S_WHATSAPP_NET,
} from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import type {
  CreatedGroup,
  GroupApi,
  GroupInfo,
  GroupSettings,
  MemberChange,
  MemberOutcome,
} from '../../domain/group.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { groupJid } from '../jid.js'
import { groupOf } from './group-node.js'
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
import { groupRefusal } from './group-refusal.js'

export interface GroupApiOptions {
  readonly questions: GroupQuestions
  readonly clock: Pick<Clock, 'now'>
}

/** Callers turn the pages of one list within seconds, and WhatsApp refuses who asks for it often. */
const listBelievedMs = 10_000

export class BaileysGroupApi implements GroupApi {
  readonly #options: GroupApiOptions
  #listed: { readonly groups: Promise<readonly GroupInfo[]>; readonly at: EpochMs } | undefined

  constructor(options: GroupApiOptions) {
    this.#options = options
  }

  async list(): Promise<readonly GroupInfo[]> {
    const now = this.#options.clock.now()
    const listed = this.#listed
    if (listed !== undefined && now - listed.at < listBelievedMs) return listed.groups
    const groups = this.#askForAll()
    this.#listed = { groups, at: now }
    groups.catch(() => this.forgetList())
    return groups
  }

  async find(group: string): Promise<GroupInfo> {
    return groupIn(await this.#options.questions.get(groupJid(group), interactiveQuery))
  }

  async create(subject: string, people: readonly Recipient[]): Promise<CreatedGroup> {
    const found = await this.#options.questions.addressesOf(people)
    const participants = participantsOf(found)
    const attrs = { subject, key: generateMessageIDV2() }
    const answer = await this.#set(anyGroup, node('create', attrs, participants))
    const { group } = groupIn(answer)
    return { group, outcomes: outcomesOf(found, getBinaryNodeChild(answer, 'group')) }
  }

  async changeMembers(
    group: string,
    change: MemberChange,
    people: readonly Recipient[],
  ): Promise<readonly MemberOutcome[]> {
    const found = await this.#options.questions.addressesOf(people)
    const participants = participantsOf(found)
    if (participants.length === 0) return outcomesOf(found, undefined)
    const isDecision = change === 'approve' || change === 'reject'
    const act = node(change, {}, participants)
    const request = isDecision ? node('membership_requests_action', {}, [act]) : act
    const answer = await this.#set(groupJid(group), request)
    const about = isDecision ? getBinaryNodeChild(answer, request.tag) : answer
    return outcomesOf(found, getBinaryNodeChild(about, change))
  }

  async leave(group: string): Promise<void> {
    const left = node('leave', {}, [node('group', { id: groupJid(group) })])
    const answer = await this.#set(anyGroup, left)
    const told = getBinaryNodeChild(getBinaryNodeChild(answer, 'leave'), 'group')
    const error = told?.attrs['error']
    if (error !== undefined && error !== '200') throw groupRefusal(Number(error))
  }

  async rename(group: string, subject: string): Promise<void> {
    await this.#set(groupJid(group), node('subject', {}, Buffer.from(subject)))
  }

  /** The change names the description that it replaces. */
  async describe(group: string, description: string): Promise<void> {
    const answer = await this.#options.questions.get(groupJid(group), interactiveQuery)
    const before = getBinaryNodeChild(getBinaryNodeChild(answer, 'group'), 'description')
    const prev = before?.attrs['id']
    const attrs = prev === undefined ? {} : { prev }
    const change =
      description === ''
        ? node('description', { delete: 'true', ...attrs })
        : node('description', { id: generateMessageIDV2(), ...attrs }, [
            node('body', {}, Buffer.from(description)),
          ])
    await this.#set(groupJid(group), change)
  }

  async setPicture(group: string, picture: Uint8Array): Promise<void> {
    const attrs = {
      to: S_WHATSAPP_NET,
      target: groupJid(group),
      type: 'set',
      xmlns: 'w:profile:picture',
    }
    await this.#options.questions.ask({
      tag: 'iq',
      attrs,
      content: [node('picture', { type: 'image' }, picture)],
    })
  }

  async setSettings(group: string, settings: Partial<GroupSettings>): Promise<void> {
    const now = await this.find(group)
    const { adminsWrite, adminsEdit, adminsApprove, adminsAdd } = settings
    const changes = [
      adminsWrite === now.adminsWrite
        ? undefined
        : switched(adminsWrite, 'announcement', 'not_announcement'),
      adminsEdit === now.adminsEdit ? undefined : switched(adminsEdit, 'locked', 'unlocked'),
      adminsApprove === undefined || adminsApprove === now.adminsApprove
        ? undefined
        : node('membership_approval_mode', {}, [
            node('group_join', { state: adminsApprove ? 'on' : 'off' }),
          ]),
      adminsAdd === undefined || adminsAdd === now.adminsAdd
        ? undefined
        : node('member_add_mode', {}, Buffer.from(adminsAdd ? 'admin_add' : 'all_member_add')),
    ]
    for (const change of changes) if (change !== undefined) await this.#set(groupJid(group), change)
  }

  async setTimer(group: string, seconds: number): Promise<void> {
    const change =
      seconds === 0 ? node('not_ephemeral') : node('ephemeral', { expiration: seconds.toString() })
    await this.#set(groupJid(group), change)
  }

  async invitation(group: string): Promise<string> {
    return codeIn(await this.#options.questions.get(groupJid(group), node('invite')))
  }

  async renewInvitation(group: string): Promise<string> {
    return codeIn(await this.#set(groupJid(group), node('invite')))
  }

  async invited(code: string): Promise<GroupInfo> {
    return groupIn(await this.#options.questions.get(anyGroup, node('invite', { code })))
  }

  async join(code: string): Promise<'joined' | 'asked'> {
    try {
      const answer = await this.#set(anyGroup, node('invite', { code }))
      return getBinaryNodeChild(answer, 'group') === undefined ? 'asked' : 'joined'
    } catch (cause) {
      if (refusalIn(cause) === 409) return 'joined'
      throw cause
    }
  }

  async #askForAll(): Promise<readonly GroupInfo[]> {
    const asked = node('participating', {}, [node('participants'), node('description')])
    const groups = getBinaryNodeChild(await this.#options.questions.get(anyGroup, asked), 'groups')
    return getBinaryNodeChildren(groups, 'group').flatMap((each) => groupOf(each) ?? [])
  }

  #set(to: string, content: BinaryNode): Promise<BinaryNode> {
    this.forgetList()
    return this.#options.questions.set(to, content)
  }

  /** After a change that does not go through this object. */
  forgetList(): void {
    this.#listed = undefined
  }
}

function switched(isOn: boolean | undefined, on: string, off: string): BinaryNode | undefined {
  return isOn === undefined ? undefined : node(isOn ? on : off)
}

function codeIn(answer: BinaryNode): string {
  const code = getBinaryNodeChild(answer, 'invite')?.attrs['code']
  if (code === undefined) throw new WhatsappRefusedError('WhatsApp told no invitation link.')
  return code
}

/** Groups over one open socket (`xmlns=w:g2`). Baileys' own functions hide what WhatsApp says about single people. */

import {
  areJidsSameUser,
  type BinaryNode,
  generateMessageIDV2,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { ChatId, Recipient } from '../../domain/chat.js'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
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
import { ask } from '../connection/ask.js'
import { groupOf } from './group-node.js'
import { groupRefusal } from './group-refusal.js'
import { groupJid, phoneJid } from '../jid.js'
import type { Address, RecipientResolver } from '../send/resolve.js'

export interface GroupApiOptions {
  readonly sock: Pick<WASocket, 'query'>
  readonly resolver: Pick<RecipientResolver, 'resolve' | 'addressesOf'>
  readonly clock: Pick<Clock, 'now'>
  isOpen(): boolean
}

/** Callers turn the pages of one list within seconds, and WhatsApp refuses who asks for it often. */
const listBelievedMs = 10_000
const anyGroup = '@g.us'

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
    groups.catch(() => this.#forgetList())
    return groups
  }

  async find(group: string): Promise<GroupInfo> {
    return this.#groupIn(await this.#get(groupJid(group), question))
  }

  async create(subject: string, people: readonly Recipient[]): Promise<CreatedGroup> {
    const found = await this.#addressesOf(people)
    const participants = participantsOf(found)
    const attrs = { subject, key: generateMessageIDV2() }
    const answer = await this.#set(anyGroup, node('create', attrs, participants))
    const { group } = this.#groupIn(answer)
    return { group, outcomes: outcomesOf(found, getBinaryNodeChild(answer, 'group')) }
  }

  async changeMembers(
    group: string,
    change: MemberChange,
    people: readonly Recipient[],
  ): Promise<readonly MemberOutcome[]> {
    const found = await this.#addressesOf(people)
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
    const answer = await this.#get(groupJid(group), question)
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
    await this.#ask({ tag: 'iq', attrs, content: [node('picture', { type: 'image' }, picture)] })
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

  async invitation(group: string): Promise<string> {
    return codeIn(await this.#get(groupJid(group), node('invite')))
  }

  async renewInvitation(group: string): Promise<string> {
    return codeIn(await this.#set(groupJid(group), node('invite')))
  }

  async invited(code: string): Promise<GroupInfo> {
    return this.#groupIn(await this.#get(anyGroup, node('invite', { code })))
  }

  async join(code: string): Promise<'joined' | 'asked'> {
    try {
      const answer = await this.#set(anyGroup, node('invite', { code }))
      return getBinaryNodeChild(answer, 'group') === undefined ? 'asked' : 'joined'
    } catch (cause) {
      if (codeOf(cause) === 409) return 'joined'
      throw cause
    }
  }

  async #askForAll(): Promise<readonly GroupInfo[]> {
    const asked = node('participating', {}, [node('participants'), node('description')])
    const groups = getBinaryNodeChild(await this.#get(anyGroup, asked), 'groups')
    return getBinaryNodeChildren(groups, 'group').flatMap((each) => groupOf(each) ?? [])
  }

  /** In the order of `people`; without an address who is not on WhatsApp. Throws `WhatsappSilentError`. */
  async #addressesOf(people: readonly Recipient[]): Promise<readonly Found[]> {
    this.#assertOpen()
    const { resolver } = this.#options
    try {
      // All at once; each of them is known then.
      await resolver.addressesOf(people)
      const found: Found[] = []
      for (const asked of people) found.push({ asked, address: await resolver.resolve(asked) })
      return found
    } catch (cause) {
      throw new WhatsappSilentError(
        'WhatsApp did not say whether the phones are on WhatsApp. Try again.',
        { cause },
      )
    }
  }

  #groupIn(answer: BinaryNode): GroupInfo {
    const group = groupOf(getBinaryNodeChild(answer, 'group'))
    if (group === undefined) throw new WhatsappRefusedError('WhatsApp told nothing of the group.')
    return group
  }

  #get(to: string, content: BinaryNode): Promise<BinaryNode> {
    return this.#ask({ tag: 'iq', attrs: { to, type: 'get', xmlns: 'w:g2' }, content: [content] })
  }

  async #set(to: string, content: BinaryNode): Promise<BinaryNode> {
    this.#forgetList()
    return this.#ask({ tag: 'iq', attrs: { to, type: 'set', xmlns: 'w:g2' }, content: [content] })
  }

  async #ask(iq: BinaryNode): Promise<BinaryNode> {
    this.#assertOpen()
    try {
      return await ask(this.#options.sock, iq)
    } catch (cause) {
      const code = codeOf(cause)
      throw code === undefined ? cause : groupRefusal(code, { cause })
    }
  }

  #assertOpen(): void {
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
  }

  #forgetList(): void {
    this.#listed = undefined
  }
}

const question = node('query', { request: 'interactive' })

interface Found {
  readonly asked: Recipient
  readonly address: Address | undefined
}

/** A person addressed by LID is named with the number, too. */
function participantsOf(found: readonly Found[]): BinaryNode[] {
  const named = new Map<string, BinaryNode>()
  for (const { address } of found) {
    if (address === undefined) continue
    const phone = phoneIn(address.chat)
    const isLid = address.jid.endsWith('@lid')
    const more = isLid && phone !== undefined ? { phone_number: phoneJid(phone) } : {}
    named.set(address.jid, node('participant', { jid: address.jid, ...more }))
  }
  return [...named.values()]
}

function outcomesOf(found: readonly Found[], answer: BinaryNode | undefined): MemberOutcome[] {
  const told = getBinaryNodeChildren(answer, 'participant')
  return found.map(({ asked, address }) => {
    if (address === undefined) return { asked, refusal: 404 }
    const phone = phoneIn(address.chat)
    const about = told.find(
      ({ attrs }) =>
        areJidsSameUser(attrs['jid'], address.jid) ||
        (phone !== undefined &&
          [attrs['jid'], attrs['phone_number']].some((jid) =>
            areJidsSameUser(jid, phoneJid(phone)),
          )),
    )
    if (about === undefined) return { asked, refusal: 'unanswered' }
    const { error } = about.attrs
    return error === undefined || error === '200' ? { asked } : { asked, refusal: Number(error) }
  })
}

function phoneIn(chat: ChatId): string | undefined {
  return chat.kind === 'person' ? chat.phone : undefined
}

function switched(isOn: boolean | undefined, on: string, off: string): BinaryNode | undefined {
  return isOn === undefined ? undefined : node(isOn ? on : off)
}

function codeIn(answer: BinaryNode): string {
  const code = getBinaryNodeChild(answer, 'invite')?.attrs['code']
  if (code === undefined) throw new WhatsappRefusedError('WhatsApp told no invitation link.')
  return code
}

function codeOf(cause: unknown): number | undefined {
  return cause instanceof WhatsappRefusedError ? cause.refusal : undefined
}

function node(
  tag: string,
  attrs: Readonly<Record<string, string>> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  return content === undefined
    ? { tag, attrs: { ...attrs } }
    : { tag, attrs: { ...attrs }, content }
}

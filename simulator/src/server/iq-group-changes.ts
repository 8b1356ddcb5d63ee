/** `xmlns=w:g2`: changes of a group and of its members. WhatsApp answers 401 to a member who is no admin. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group, GroupSetting } from '../group.js'
import { childOf, childrenOf, secondsOf, stanza, textOf } from '../wire/stanza.js'
import { createRequest, endRequest } from './group-requests.js'
import { namesOf, tellMembers } from './group-notifications.js'
import { type IqCall, IqError, type IqHandler } from './iq-call.js'
import { followInCommunity } from './iq-communities.js'
import { answerAbout, changeMember, ownGroup, refusalOf } from './iq-groups.js'

const LONGEST_SUBJECT = 100
const LONGEST_DESCRIPTION = 2_048

export const addMembers: IqHandler = (call) => {
  const group = ownGroup(call)
  const { account: adder } = call.device
  if (!group.membersMayAdd) mustBeAdmin(call, group)
  if (group.settings.has('membership_approval_mode') && !group.isAdmin(adder))
    return requestMembers(call, group)
  return forEachNamed(call, call.request, group, (account) => {
    const refused = refusalOf(account, group, call.device.account)
    if (refused !== undefined || account === undefined) return refused
    changeMember('add', account, group, call.network, call.device.account)
    followInCommunity('add', account, group, call)
    return undefined
  })
}

/** Waits for an admin's approval: no member is added yet. */
function requestMembers(call: IqCall, group: Group): BinaryNode[] {
  const { device, network, afterReply } = call
  const asked: Account[] = []
  const answer = forEachNamed(call, call.request, group, (account) => {
    const refused = refusalOf(account, group, device.account)
    if (refused === undefined && account !== undefined) asked.push(account)
    return refused
  })
  afterReply(() =>
    createRequest(group, asked, { by: device.account, method: 'non_admin_add' }, network),
  )
  return answer
}

export const removeMembers: IqHandler = (call) =>
  forEachMember(call, (account, group) => {
    changeMember('remove', account, group, call.network, call.device.account)
    // WhatsApp asks for the groups of a community by an attribute.
    if (!group.isCommunity || call.request?.attrs['linked_groups'] === 'true')
      followInCommunity('remove', account, group, call)
  })

export const promoteMembers: IqHandler = (call) =>
  forEachMember(call, (account, group) => {
    group.promote(account)
    tell(call, group, stanza('promote', {}, [stanza('participant', namesOf(account))]))
  })

export const demoteMembers: IqHandler = (call) =>
  forEachMember(call, (account, group) => {
    group.demote(account)
    tell(call, group, stanza('demote', {}, [stanza('participant', namesOf(account))]))
  })

/** An admin lets those in who asked to join, or does not. */
export const decideRequests: IqHandler = (call) => {
  const group = adminsGroup(call)
  const { request, network, device } = call
  const actions = childrenOf(request).map((action) => {
    const answers = childrenOf(action, 'participant').map(({ attrs }) => {
      const account = network.accountOf(attrs['jid'])
      const asked = account !== undefined && group.requests.delete(account)
      if (asked && action.tag === 'approve')
        changeMember('add', account, group, network, device.account)
      else if (asked) endRequest(group, account, device.account, network)
      return answerAbout(attrs['jid'], account, asked ? undefined : 404, network, group)
    })
    return stanza(action.tag, {}, answers)
  })
  return [stanza('membership_requests_action', {}, actions)]
}

export const rename: IqHandler = (call) => {
  const group = editableGroup(call)
  const subject = textOf(call.request) ?? ''
  if (subject === '' || subject.length > LONGEST_SUBJECT) throw new IqError(406, 'not-acceptable')
  group.rename(subject, markOf(call))
  tell(call, group, stanza('subject', { subject, s_t: secondsOf(call.network.now()) }))
  return []
}

/** The change names the description that it replaces; WhatsApp refuses one that is not the last. */
export const describe: IqHandler = (call) => {
  const group = editableGroup(call)
  const { request } = call
  if (request?.attrs['prev'] !== group.description?.id) throw new IqError(409, 'conflict')
  const text = textOf(childOf(request, 'body'))
  const { id } = request?.attrs ?? {}
  if ((text?.length ?? 0) > LONGEST_DESCRIPTION) throw new IqError(406, 'not-acceptable')
  const described = text === undefined || id === undefined ? undefined : { text, id }
  group.describe(described, markOf(call))
  const body = described === undefined ? [] : [stanza('body', {}, Buffer.from(described.text))]
  tell(call, group, stanza('description', { id }, body))
  return []
}

export const switchTo =
  (setting: GroupSetting, isOn: boolean): IqHandler =>
  (call) => {
    const group = adminsGroup(call)
    change(group, setting, isOn)
    tell(call, group, stanza(call.request?.tag ?? setting))
    return []
  }

export const switchApproval: IqHandler = (call) => {
  const group = adminsGroup(call)
  const isOn = childOf(call.request, 'group_join')?.attrs['state'] === 'on'
  change(group, 'membership_approval_mode', isOn)
  const state = stanza('group_join', { state: isOn ? 'on' : 'off' })
  tell(call, group, stanza('membership_approval_mode', {}, [state]))
  return []
}

export const switchAdding: IqHandler = (call) => {
  const group = adminsGroup(call)
  const mode = textOf(call.request)
  if (mode !== 'admin_add' && mode !== 'all_member_add') throw new IqError(400, 'bad-request')
  group.membersMayAdd = mode === 'all_member_add'
  tell(call, group, stanza('member_add_mode', {}, Buffer.from(mode)))
  return []
}

/** A day, a week, ninety days; 0 is never. */
const timers: ReadonlySet<number> = new Set([0, 86_400, 604_800, 7_776_000])

export const setTimer: IqHandler = (call) => {
  const group = editableGroup(call)
  const { request } = call
  const expiration = request?.tag === 'not_ephemeral' ? '0' : request?.attrs['expiration']
  const seconds = Number(expiration)
  if (!timers.has(seconds)) throw new IqError(400, 'bad-request')
  group.timerSeconds = seconds
  tell(call, group, seconds === 0 ? stanza('not_ephemeral') : stanza('ephemeral', { expiration }))
  return []
}

export const nameInvitation: IqHandler = (call) => [
  stanza('invite', { code: adminsGroup(call).inviteCode }),
]

export const renewInvitation: IqHandler = (call) => {
  const group = adminsGroup(call)
  group.renewInvitation()
  const invite = stanza('invite', { code: group.inviteCode })
  tell(call, group, invite)
  return [invite]
}

/** Every device of every member hears of it. */
export function setGroupPicture(call: IqCall, target: string, picture: Uint8Array): BinaryNode[] {
  const { network, device, afterReply } = call
  const group = editableGroup({ ...call, iq: { ...call.iq, attrs: { to: target } } })
  const id = network.now().toString()
  group.picture = picture
  const content = [stanza('set', { id, author: device.account.jid('lid') })]
  afterReply(() => {
    for (const member of group.accounts)
      for (const each of member.devices.values())
        each.deliver(network.notification('picture', { from: group.id }, content))
  })
  return [stanza('picture', { id })]
}

function forEachMember(call: IqCall, act: (account: Account, group: Group) => void): BinaryNode[] {
  const group = adminsGroup(call)
  return forEachNamed(call, call.request, group, (account) => {
    if (account === undefined || !group.isMember(account)) return 404
    act(account, group)
    return undefined
  })
}

/** `act` returns the code of a refusal. */
function forEachNamed(
  { network }: IqCall,
  request: BinaryNode | undefined,
  group: Group,
  act: (account: Account | undefined) => number | undefined,
): BinaryNode[] {
  const answers = childrenOf(request, 'participant').map(({ attrs }) => {
    const account = network.accountOf(attrs['jid'])
    return answerAbout(attrs['jid'], account, act(account), network, group)
  })
  return [stanza(request?.tag ?? 'add', {}, answers)]
}

function change(group: Group, setting: GroupSetting, isOn: boolean): void {
  if (isOn) group.settings.add(setting)
  else group.settings.delete(setting)
}

function tell({ network, device, afterReply }: IqCall, group: Group, content: BinaryNode): void {
  afterReply(() => tellMembers(group, device.account, content, network))
}

function markOf({ device, network }: IqCall): { readonly by: Account; readonly at: number } {
  return { by: device.account, at: network.now() }
}

/** Its name, text and picture may be changed by every member, unless it is locked. */
function editableGroup(call: IqCall): Group {
  const group = ownGroup(call)
  if (group.settings.has('locked')) mustBeAdmin(call, group)
  return group
}

function adminsGroup(call: IqCall): Group {
  const group = ownGroup(call)
  mustBeAdmin(call, group)
  return group
}

function mustBeAdmin({ device }: IqCall, group: Group): void {
  if (!group.isAdmin(device.account)) throw new IqError(401, 'not-authorized')
}

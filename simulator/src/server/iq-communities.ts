/** `xmlns=w:g2`: communities. A community is a group with `<parent/>`; its people enter through its announcement group. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import { childOf, childrenOf, stanza, textOf } from '../wire/stanza.js'
import { tellMembers } from './group-notifications.js'
import { type IqCall, IqError, type IqHandler } from './iq-call.js'
import { changeMember, groupNode, ownGroup } from './iq-groups.js'

const LONGEST_SUBJECT = 100
/** A general chat has no name of its own at WhatsApp; phones call it so. */
const GENERAL = 'General'

export function createCommunity({ request, device, network, afterReply }: IqCall): BinaryNode[] {
  const subject = request?.attrs['subject'] ?? ''
  if (subject === '' || subject.length > LONGEST_SUBJECT) throw new IqError(406, 'not-acceptable')
  const { account: creator } = device
  const community = network.addCommunity({ subject, accounts: [creator] })
  const described = childOf(request, 'description')
  const text = textOf(childOf(described, 'body')) ?? ''
  const { id } = described?.attrs ?? {}
  if (text !== '' && id !== undefined)
    community.describe({ text, id }, { by: creator, at: network.now() })
  community.membersMayAddGroups =
    childOf(request, 'allow_non_admin_sub_group_creation') !== undefined
  if (childOf(request, 'create_general_chat') !== undefined)
    network.addGroup({ subject: GENERAL, accounts: [creator] }).community = community
  const created = stanza('create', { type: 'new' }, [groupNode(community)])
  afterReply(() => tellMembers(community, creator, created, network))
  return [groupNode(community)]
}

/** Its groups, also those that the one who asks is not in. */
export function listSubGroups(call: IqCall): BinaryNode[] {
  const community = ownCommunity(call)
  const groups = call.network.groupsIn(community).map((group) => {
    const { id, subject } = group
    const news = group === community.announcements ? [stanza('default_sub_group')] : []
    return stanza('group', { id: id.slice(0, id.indexOf('@')), subject }, news)
  })
  return [stanza('sub_groups', {}, groups)]
}

export const linkGroups: IqHandler = (call) => {
  const community = ownCommunity(call)
  const isAdmin = community.isAdmin(call.device.account)
  if (!isAdmin && !community.membersMayAddGroups) throw new IqError(401, 'not-authorized')
  const links = childrenOf(call.request, 'link').map((link) => {
    const answers = answersFor(link, call, (group) => {
      if (group.community !== undefined || group.isCommunity) return 406
      if (!group.isAdmin(call.device.account)) return 401
      group.community = community
      // Its members are people of the community from now on.
      for (const account of group.accounts) enter(account, community, call)
      tell(call, community, stanza('link', link.attrs, [linked(group)]))
      return undefined
    })
    return stanza('link', link.attrs, answers)
  })
  return [stanza('links', {}, links)]
}

export const unlinkGroups: IqHandler = (call) => {
  const community = adminsCommunity(call)
  const answers = answersFor(call.request, call, (group) => {
    if (group.community !== community) return 404
    if (group === community.announcements) return 406
    group.community = undefined
    tell(call, community, stanza('unlink', call.request?.attrs, [linked(group)]))
    return undefined
  })
  return [stanza('unlink', call.request?.attrs, answers)]
}

/** Only the person who made it ends it. */
export const deleteParent: IqHandler = (call) => {
  const community = adminsCommunity(call)
  const { device, network, afterReply } = call
  if (community.createdBy !== device.account) throw new IqError(403, 'forbidden')
  network.removeCommunity(community)
  afterReply(() => tellMembers(community, device.account, stanza('delete'), network))
  return []
}

export const switchAddingGroups =
  (membersMayAddGroups: boolean): IqHandler =>
  (call) => {
    const community = adminsCommunity(call)
    community.membersMayAddGroups = membersMayAddGroups
    tell(call, community, stanza(call.request?.tag ?? ''))
    return []
  }

/** Where a person enters or leaves one of its groups, the others and the community follow. */
export function followInCommunity(
  change: 'add' | 'remove',
  account: Account,
  group: Group,
  { network, device }: Pick<IqCall, 'network' | 'device'>,
): void {
  const community = group.isCommunity ? group : group.community
  if (community === undefined) return
  const isEntrance = change === 'add' && !community.isMember(account)
  const isLeave = change === 'remove' && [community, community.announcements].includes(group)
  const others = isEntrance
    ? [community, community.announcements]
    : isLeave
      ? [community, ...network.groupsIn(community)]
      : []
  for (const other of others)
    if (other !== undefined && other !== group && other.isMember(account) !== isEntrance)
      changeMember(change, account, other, network, device.account)
}

function enter(account: Account, community: Group, { network, device }: IqCall): void {
  for (const group of [community, community.announcements])
    if (group !== undefined && !group.isMember(account))
      changeMember('add', account, group, network, device.account)
}

/** `act` returns the code of a refusal. */
function answersFor(
  request: BinaryNode | undefined,
  { network }: IqCall,
  act: (group: Group) => number | undefined,
): BinaryNode[] {
  return childrenOf(request, 'group').map(({ attrs }) => {
    const group = network.group(attrs['jid'])
    const error = group === undefined ? 404 : act(group)
    return stanza('group', { jid: attrs['jid'], error: error?.toString() })
  })
}

function linked({ id, subject }: Group): BinaryNode {
  return stanza('group', { jid: id, subject })
}

function tell({ network, device, afterReply }: IqCall, group: Group, content: BinaryNode): void {
  afterReply(() => tellMembers(group, device.account, content, network))
}

function ownCommunity(call: IqCall): Group {
  const group = ownGroup(call)
  if (!group.isCommunity) throw new IqError(400, 'bad-request')
  return group
}

function adminsCommunity(call: IqCall): Group {
  const community = ownCommunity(call)
  if (!community.isAdmin(call.device.account)) throw new IqError(401, 'not-authorized')
  return community
}

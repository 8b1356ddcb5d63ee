/** `xmlns=w:g2`: which groups there are, and how one is made, joined and left. Members are addressed by LID. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import { childrenOf, secondsOf, stanza } from '../wire/stanza.js'
import { namesOf, tellMembers } from './group-notifications.js'
import { createRequest } from './group-requests.js'
import { type IqCall, IqError } from './iq-call.js'

/** How long a personal invitation holds that WhatsApp gives for a person who may not be added. */
const INVITATION_MS = 3 * 24 * 60 * 60 * 1000

export function describeGroup(call: IqCall): BinaryNode[] {
  return [groupNode(ownGroup(call))]
}

export function listGroups({ device, network }: IqCall): BinaryNode[] {
  return [stanza('groups', {}, network.groupsOf(device.account).map(groupNode))]
}

/** Those who may not be added are named with the cause, and the group is made without them. */
export function createGroup({ request, device, network, afterReply }: IqCall): BinaryNode[] {
  const subject = request?.attrs['subject']
  if (subject === undefined || subject === '' || subject.length > 100)
    throw new IqError(406, 'not-acceptable')
  const { account: creator } = device
  const group = network.addGroup({ subject, accounts: [creator] })
  const refused: BinaryNode[] = []
  for (const { attrs } of childrenOf(request, 'participant')) {
    const account = network.accountOf(attrs['jid'])
    const error = refusalOf(account, group, creator)
    if (account !== undefined && error === undefined) group.add(account)
    else if (account !== creator)
      refused.push(answerAbout(attrs['jid'], account, error, network, group))
  }
  const { attrs, content } = groupNode(group)
  const created = stanza('create', { type: 'new' }, [groupNode(group)])
  afterReply(() => tellMembers(group, creator, created, network))
  return [stanza('group', attrs, [...(Array.isArray(content) ? content : []), ...refused])]
}

/** Who asked to join. */
export function listRequests(call: IqCall): BinaryNode[] {
  const requests = [...ownGroup(call).requests].map((account) =>
    stanza('membership_approval_request', namesOf(account)),
  )
  return [stanza('membership_approval_requests', {}, requests)]
}

export function leaveGroup({ request, device, network, afterReply }: IqCall): BinaryNode[] {
  const { account } = device
  const answers = childrenOf(request, 'group').map(({ attrs }) => {
    const group = network.group(attrs['id'])
    if (group?.isMember(account) !== true) return stanza('group', { ...attrs, error: '404' })
    afterReply(() => changeMember('remove', account, group, network, account))
    return stanza('group', attrs)
  })
  return [stanza('leave', {}, answers)]
}

export function describeInvitation({ request, network }: IqCall): BinaryNode[] {
  return [groupNode(invitedGroup(request, network))]
}

/** Joins, or asks to join where an admin has to agree. */
export function acceptInvitation({ request, device, network, afterReply }: IqCall): BinaryNode[] {
  const group = invitedGroup(request, network)
  const { account } = device
  if (group.isMember(account)) throw new IqError(409, 'conflict')
  if (group.settings.has('membership_approval_mode')) {
    afterReply(() =>
      createRequest(group, [account], { by: account, method: 'invite_link' }, network),
    )
    return [stanza('membership_approval_request', { jid: group.id })]
  }
  afterReply(() => changeMember('add', account, group, network, account, 'invite'))
  return [stanza('group', { jid: group.id })]
}

function invitedGroup(request: BinaryNode | undefined, network: Network): Group {
  const group = network.groupInvitedBy(request?.attrs['code'])
  if (group === undefined) throw new IqError(406, 'not-acceptable')
  return group
}

/** The group that the question goes to. Throws where the one who asks is no member. */
export function ownGroup({ iq, device, network }: IqCall): Group {
  const group = network.group(iq.attrs['to'])
  if (group === undefined) throw new IqError(404, 'item-not-found')
  if (!group.isMember(device.account)) throw new IqError(403, 'forbidden')
  return group
}

/** Why this person cannot be added, as WhatsApp's code. */
export function refusalOf(
  account: Account | undefined,
  group: Group,
  by: Account,
): number | undefined {
  if (account === undefined) return 404
  if (group.isMember(account)) return 409
  return account.privacy.isShown('groupadd', by) ? undefined : 403
}

/** What the answer to a change says about one person. */
export function answerAbout(
  jid: string | undefined,
  account: Account | undefined,
  error: number | undefined,
  network: Network,
  group: Group,
): BinaryNode {
  const attrs = { jid, phone_number: account?.jid('pn'), error: error?.toString() }
  if (error !== 403) return stanza('participant', attrs)
  const expiration = secondsOf(network.now() + INVITATION_MS)
  const request = stanza('add_request', { code: group.inviteCode, expiration })
  return stanza('participant', attrs, [request])
}

/**
 * Adds or removes a member, and tells all members and the one it is about. Without `by` an admin does it.
 * `reason`: the person came by the invitation link.
 */
export function changeMember(
  change: 'add' | 'remove',
  account: Account,
  group: Group,
  network: Network,
  by?: Account,
  reason?: 'invite',
): void {
  const author = by ?? group.accounts.find((member) => group.isAdmin(member))
  if (change === 'add') group.add(account)
  const content = stanza(change, { reason }, [stanza('participant', namesOf(account))])
  tellMembers(group, author, content, network)
  if (change === 'remove') group.remove(account)
}

export function groupNode(group: Group): BinaryNode {
  const { createdBy, description, subjectMark } = group
  const participants = group.accounts.map((account) =>
    stanza('participant', { ...namesOf(account), type: roleOf(account, group) }),
  )
  const attrs = {
    id: group.id.slice(0, group.id.indexOf('@')),
    subject: group.subject,
    s_t: secondsOf(subjectMark.at),
    s_o: subjectMark.by?.jid('lid'),
    s_o_pn: subjectMark.by?.jid('pn'),
    creation: secondsOf(group.createdAt),
    creator: createdBy?.jid('lid'),
    creator_pn: createdBy?.jid('pn'),
    addressing_mode: 'lid',
    size: group.accounts.length.toString(),
  }
  const settings = [...group.settings].map((tag) =>
    tag === 'membership_approval_mode'
      ? stanza(tag, {}, [stanza('group_join', { state: 'on' })])
      : stanza(tag),
  )
  const mode = group.membersMayAdd ? 'all_member_add' : 'admin_add'
  return stanza('group', attrs, [
    ...participants,
    ...settings,
    stanza('member_add_mode', {}, Buffer.from(mode)),
    ...timerParts(group),
    ...communityParts(group),
    ...(description === undefined ? [] : [descriptionNode(description)]),
  ])
}

function timerParts({ timerSeconds }: Group): readonly BinaryNode[] {
  return timerSeconds === 0 ? [] : [stanza('ephemeral', { expiration: timerSeconds.toString() })]
}

function communityParts(group: Group): readonly BinaryNode[] {
  const { isCommunity, community, membersMayAddGroups } = group
  if (isCommunity)
    return [
      stanza('parent', { default_membership_approval_mode: 'request_required' }),
      ...(membersMayAddGroups ? [stanza('allow_non_admin_sub_group_creation')] : []),
    ]
  if (community === undefined) return []
  const isNews = community.announcements === group
  const parent = stanza('linked_parent', { jid: community.id })
  return [parent, ...(isNews ? [stanza('default_sub_group')] : [])]
}

function descriptionNode({ id, text, by, at }: NonNullable<Group['description']>): BinaryNode {
  const attrs = { id, participant: by?.jid('lid'), participant_pn: by?.jid('pn'), t: secondsOf(at) }
  return stanza('description', attrs, [stanza('body', {}, Buffer.from(text))])
}

function roleOf(account: Account, group: Group): string | undefined {
  if (!group.isAdmin(account)) return undefined
  return account === group.createdBy ? 'superadmin' : 'admin'
}

/** `xmlns=w:g2`: groups. Members are addressed by LID. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import { childrenOf, secondsOf, stanza } from '../wire/stanza.js'
import { type IqCall, IqError } from './iq-call.js'

export function describeGroup({ iq, device, network }: IqCall): BinaryNode[] {
  const group = network.group(iq.attrs['to'])
  if (group === undefined) throw new IqError(404, 'item-not-found')
  if (!group.accounts.includes(device.account)) throw new IqError(403, 'forbidden')
  return [groupNode(group)]
}

export function listGroups({ device, network }: IqCall): BinaryNode[] {
  return [stanza('groups', {}, network.groupsOf(device.account).map(groupNode))]
}

export function createGroup({ request, device, network }: IqCall): BinaryNode[] {
  const subject = request?.attrs['subject']
  if (subject === undefined) throw new IqError(400, 'no subject')
  const named = childrenOf(request, 'participant')
  const invited = named.map(({ attrs }) => network.accountOf(attrs['jid']))
  if (invited.includes(undefined)) throw new IqError(404, 'unknown participant')
  const members = invited.filter((account): account is Account => account !== undefined)
  const accounts = [...new Set([device.account, ...members])]
  return [groupNode(network.addGroup({ subject, accounts }))]
}

/** Adds or removes a member, and tells all members and the one it is about. */
export function changeMember(
  change: 'add' | 'remove',
  account: Account,
  group: Group,
  network: Network,
): void {
  if (change === 'add') group.add(account)
  const [admin] = group.accounts
  const named = { jid: account.jid('lid'), phone_number: account.jid('pn') }
  const attrs = {
    from: group.id,
    participant: admin?.jid('lid'),
    participant_pn: admin?.jid('pn'),
    addressing_mode: 'lid',
  }
  const told = network.notification('w:gp2', attrs, [
    stanza(change, {}, [stanza('participant', named)]),
  ])
  for (const member of group.accounts)
    for (const device of member.devices.values()) device.deliver(told)
  if (change === 'remove') group.remove(account)
}

function groupNode(group: Group): BinaryNode {
  const [creator] = group.accounts
  const participants = group.accounts.map((account) =>
    stanza('participant', {
      jid: account.jid('lid'),
      phone_number: account.jid('pn'),
      type: account === creator ? 'superadmin' : undefined,
    }),
  )
  const attrs = {
    id: group.id.slice(0, group.id.indexOf('@')),
    subject: group.subject,
    s_t: secondsOf(group.createdAt),
    creation: secondsOf(group.createdAt),
    creator: creator?.jid('lid'),
    creator_pn: creator?.jid('pn'),
    addressing_mode: 'lid',
    size: group.accounts.length.toString(),
  }
  return stanza('group', attrs, participants)
}

/** `<notification type=w:gp2>`: what the members of a group are told. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'

/** Tells every device of every member what `author` did to the group. */
export function tellMembers(
  group: Group,
  author: Account | undefined,
  content: BinaryNode,
  network: Network,
): void {
  notifyOfGroup(group.accounts, group, author, content, network)
}

/** The same to some of them. */
export function notifyOfGroup(
  people: readonly Account[],
  group: Group,
  author: Account | undefined,
  content: BinaryNode,
  network: Network,
): void {
  const attrs = {
    from: group.id,
    participant: author?.jid('lid'),
    participant_pn: author?.jid('pn'),
    addressing_mode: 'lid',
  }
  for (const member of people)
    for (const device of member.devices.values())
      device.deliver(network.notification('w:gp2', attrs, [content]))
}

export function namesOf(account: Account): { readonly jid: string; readonly phone_number: string } {
  return { jid: account.jid('lid'), phone_number: account.jid('pn') }
}

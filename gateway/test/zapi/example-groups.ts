/** The group that the documented examples are about, as each of them needs it. */

import type { Simulator } from '@recado/simulator'

const id = '120363019502650977@g.us'
/** The communities of the examples. One of them has the id of the group. */
const communities = [
  '120363186053925765@g.us',
  '120363019502650977@g.us',
  '98372465382764532938@g.us',
]
const linked = ['1345353454354354@g.us', '1203634230225498@g.us']
const people = ['5544999999999', '5544888888888']
const inviter = '5511999999999'
/** Is added to the address book; the other one there is another form of the first of the people. */
const saved = '554499998888'

/** The members of the group before the call, where not all are in it. */
const alone = new Set(['add-participant', 'approve-participant', 'reject-participant'])
/** Their links lead to a group that the number is not in. */
const invitations = new Map([
  ['accept-group-invite', 'bh8XyNrIUj84YZoy5xcaa112'],
  ['group-invitation-metadata', 'url-do-grupo'],
])

/** The people of the examples. The one named by `profile-picture` has a picture. */
export async function addExamplePeople({ simulator }: { simulator: Simulator }): Promise<void> {
  for (const phone of [...people, saved]) await simulator.addPhone({ phone })
  const account = simulator.network.byPhone(inviter)
  if (account !== undefined) account.picture = Buffer.from([0xff, 0xd8, 0xff, 0xd9])
}

/** Puts the group back into the state that the example of this page expects. */
export function prepareGroup(page: string, own: string, { network }: Simulator): void {
  const name = page.replace('group/', '')
  const accounts = (phones: readonly string[]) =>
    phones.flatMap((phone) => network.byPhone(phone) ?? [])
  const inviteCode = invitations.get(name)
  if (inviteCode !== undefined) {
    network.addGroup({ subject: 'Convite', accounts: accounts([inviter]), inviteCode })
    return
  }
  const members = alone.has(name) ? [own] : [own, ...people]
  const group = network.addGroup({ id, subject: 'Z-API', accounts: accounts(members) })
  if (alone.has(name)) for (const account of accounts(people)) group.requests.add(account)
}

/** The same for communities, and the groups that are linked and unlinked. */
export function prepareCommunities(page: string, own: string, { network }: Simulator): void {
  const accounts = (phones: readonly string[]) =>
    phones.flatMap((phone) => network.byPhone(phone) ?? [])
  const members = page.endsWith('add-community-participant') ? [own] : [own, ...people]
  for (const each of communities)
    network.addCommunity({ id: each, subject: 'Z-API', accounts: accounts(members) })
  for (const each of linked) {
    const group = network.addGroup({ id: each, subject: 'Grupo', accounts: accounts([own]) })
    if (page.endsWith('unlink-groups')) group.community = network.group(communities[2])
  }
}

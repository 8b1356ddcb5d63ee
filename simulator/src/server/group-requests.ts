/** Who asked to join a group: its admins are told when a request comes and when it ends. */

import type { BinaryNode } from 'baileys'
import type { Account } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import { stanza } from '../wire/stanza.js'
import { namesOf, notifyOfGroup } from './group-notifications.js'

/** `by` is who asks: the person alone, or a member who may not add people by himself. */
export function createRequest(
  group: Group,
  people: readonly Account[],
  { by, method }: { readonly by: Account; readonly method: 'invite_link' | 'non_admin_add' },
  network: Network,
): void {
  for (const account of people) group.requests.add(account)
  const users = people.map((account) => stanza('requested_user', namesOf(account)))
  tellAdmins(
    group,
    by,
    stanza('created_membership_requests', { request_method: method }, users),
    network,
  )
}

/** The person does not wait any longer. Does nothing where there is no request. */
export function revokeRequest(group: Group, account: Account, network: Network): void {
  if (group.requests.delete(account)) endRequest(group, account, account, network)
}

/** Tells that a request ended without success. */
export function endRequest(group: Group, account: Account, by: Account, network: Network): void {
  const person = stanza('participant', namesOf(account))
  tellAdmins(group, by, stanza('revoked_membership_requests', {}, [person]), network)
}

function tellAdmins(group: Group, by: Account, content: BinaryNode, network: Network): void {
  notifyOfGroup(
    group.accounts.filter((member) => group.isAdmin(member)),
    group,
    by,
    content,
    network,
  )
}

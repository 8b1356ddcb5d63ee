/** Who becomes an administrator of a channel, or is none any longer: those who run it and the person hear of it. */

import type { Account } from '../account.js'
import type { Newsletter } from '../newsletter.js'
import type { IqCall } from './iq-call.js'
import { tellByMex } from './mex-notification.js'

export function tellRole(
  { device, network, afterReply }: IqCall,
  role: { readonly newsletter: Newsletter; readonly person: Account; readonly isAdmin: boolean },
): void {
  const { newsletter, person, isAdmin } = role
  const { id, owner, admins } = newsletter
  const name = isAdmin ? 'Promote' : 'Demote'
  const told = {
    id,
    user: namesOf(person),
    // The owner invites; the invited person accepts.
    actor: namesOf(isAdmin ? owner : device.account),
    user_new_role: isAdmin ? 'ADMIN' : 'SUBSCRIBER',
  }
  const data = { [`xwa2_notify_newsletter_admin_${name.toLowerCase()}`]: told }
  const hearers = new Set([owner, person, ...admins])
  afterReply(() => tellByMex(network, hearers, `NotificationNewsletterAdmin${name}`, data))
}

function namesOf(account: Account): { readonly id: string; readonly pn: string } {
  return { id: account.jid('lid'), pn: account.jid('pn') }
}

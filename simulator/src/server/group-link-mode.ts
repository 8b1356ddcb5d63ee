/** Who may share the invitation link of a group. WhatsApp tells of it as a GraphQL answer. */

import type { Account } from '../account.js'
import type { Group, LinkMode } from '../group.js'
import type { Network } from '../network.js'
import { tellByMex } from './mex-notification.js'

export function announceLinkMode(
  group: Group,
  by: Account,
  mode: LinkMode,
  network: Network,
): void {
  group.linkMode = mode
  tellByMex(network, group.accounts, 'NotificationGroupMemberLinkPropertyUpdate', {
    xwa2_notify_group_on_prop_change: {
      id: group.id,
      properties: { member_link_mode: mode },
      updated_by: { id: by.jid('lid'), pn: by.jid('pn') },
    },
  })
}

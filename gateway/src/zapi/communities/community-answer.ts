/** A community in Z-API's words. */

import { Type } from 'typebox'
import type { CommunityInfo } from '../../domain/community.js'
import { phoneOf } from '../to-zapi.js'

export const subGroups = Type.Array(
  Type.Object({
    name: Type.String({ description: 'The name of the group.' }),
    phone: Type.String({ description: 'The id of the group.' }),
    isGroupAnnouncement: Type.Boolean({
      description: 'Whether the community tells its news in the group.',
    }),
  }),
  { description: 'The groups of the community.' },
)

export const subGroupsExample = [
  { name: 'Condomínio', phone: '120363019502650977-group', isGroupAnnouncement: true },
]

export function subGroupsOf({ groups }: CommunityInfo) {
  return groups.map(({ group, subject, isAnnouncement }) => ({
    name: subject,
    phone: phoneOf({ kind: 'group', group }),
    isGroupAnnouncement: isAnnouncement,
  }))
}

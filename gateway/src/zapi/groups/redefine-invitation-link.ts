import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupInPath, groupOf, linkOf } from './group-attributes.js'

export const redefineInvitationLink = endpoint({
  method: 'POST',
  // Z-API documents the same path for communities; both have one link.
  path: '/redefine-invitation-link/:groupId',
  tag: 'group',
  summary: 'Makes a new invitation link of a group or a community.',
  description: 'The old link leads nowhere from then on. The number has to be an admin.',
  params: { groupId: groupInPath },
  audit: 'group-changed',
  answer: Type.Object(
    { invitationLink: Type.String({ description: 'The new link.' }) },
    {
      description: 'The link holds from now on.',
      examples: [{ invitationLink: 'https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct' }],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { groups }) => {
    const group = groupOf(params.groupId)
    return { invitationLink: linkOf(await groups.groupsOf(instance.id).renewInvitation(group)) }
  },
})

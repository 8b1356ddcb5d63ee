import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { phoneOf } from '../to-zapi.js'
import { groupInPath, groupOf, linkOf } from './group-attributes.js'

export const groupInvitationLink = endpoint({
  method: 'GET',
  path: '/group-invitation-link/:groupId',
  tag: 'group',
  summary: 'Tells the invitation link of a group.',
  description: 'The number has to be an admin.',
  params: { groupId: groupInPath },
  answer: Type.Object(
    {
      phone: Type.String({ description: 'The id of the group.' }),
      invitationLink: Type.String({ description: 'A person with the link can join.' }),
    },
    {
      description: 'What WhatsApp tells now.',
      examples: [
        {
          phone: '120363019502650977-group',
          invitationLink: 'https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct',
        },
      ],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { groups }) => {
    const group = groupOf(params.groupId)
    const code = await groups.groupsOf(instance.id).invitation(group)
    return { phone: phoneOf({ kind: 'group', group }), invitationLink: linkOf(code) }
  },
})

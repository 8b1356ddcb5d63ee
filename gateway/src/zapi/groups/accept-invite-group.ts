import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { codeIn, invitationUrl } from './group-attributes.js'

export const acceptInviteGroup = endpoint({
  method: 'GET',
  path: '/accept-invite-group',
  tag: 'group',
  summary: 'Joins the group that an invitation leads to.',
  description: 'A number that is in the group already stays in it.',
  query: { url: invitationUrl },
  audit: 'group-changed',
  answer: Type.Object(
    {
      success: Type.Boolean({ description: 'Always true.' }),
      approvalPending: Type.Optional(
        Type.Boolean({ description: 'Ours: there if an admin has to agree first.' }),
      ),
    },
    {
      description: 'The number is in the group, or asked to join it.',
      examples: [{ success: true }],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { groups }) => {
    const outcome = await groups.groupsOf(instance.id).join(codeIn(query.url))
    return { success: true, ...(outcome === 'asked' ? { approvalPending: true } : {}) }
  },
})

import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupKeys, invitationAnswer } from './group-answer.js'
import { codeIn, invitationUrl, linkOf } from './group-attributes.js'

export const groupInvitationMetadata = endpoint({
  method: 'GET',
  path: '/group-invitation-metadata',
  tag: 'group',
  summary: 'Tells about the group that an invitation leads to.',
  description: 'The number need not be in the group. WhatsApp names few of the members.',
  query: { url: invitationUrl },
  answer: invitationAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { groups }) => {
    const code = codeIn(query.url)
    const group = await groups.groupsOf(instance.id).invited(code)
    return {
      ...groupKeys(group),
      invitationLink: linkOf(code),
      contactsCount: group.members.length,
      participantsCount: group.size,
    }
  },
})

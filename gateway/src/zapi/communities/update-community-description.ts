import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { communityExample, communityId, communityOf } from './community-attributes.js'

/** WhatsApp takes no longer descriptions. */
const longestDescription = 2_048

export const updateCommunityDescription = endpoint({
  method: 'POST',
  path: '/update-community-description',
  tag: 'communities',
  summary: 'Changes the description of a community.',
  description: 'The number has to be an admin of the community.',
  keepBlanks: true,
  body: {
    communityId: Type.Optional(communityId),
    communityDescription: Type.String({
      maxLength: longestDescription,
      description: 'The new text; empty to take it away.',
    }),
  },
  example: { communityId: communityExample, communityDescription: 'Avisos do prédio' },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { groups }) => {
    const id = communityOf(body.communityId)
    await groups.groupsOf(instance.id).describe(id, body.communityDescription)
    return { value: true }
  },
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { nameIn } from '../groups/group-name.js'
import { noAnswer, notConnected } from '../refusals.js'
import { subGroups, subGroupsExample, subGroupsOf } from './community-answer.js'
import { communityExample } from './community-attributes.js'

/** WhatsApp takes no longer ones. */
const longestName = 100
const longestDescription = 2_048

export const createCommunity = endpoint({
  method: 'POST',
  path: '/communities',
  tag: 'communities',
  summary: 'Makes a community with this number as its admin.',
  description:
    'WhatsApp makes its announcement group and a general chat. Sent again after no answer, it may make a second community.',
  body: {
    name: Type.String({
      minLength: 1,
      maxLength: longestName,
      description: 'The name of the community.',
    }),
    description: Type.Optional(
      Type.String({ maxLength: longestDescription, description: 'What the community is for.' }),
    ),
  },
  example: { name: 'Condomínio', description: 'Avisos do prédio' },
  audit: 'group-changed',
  answer: Type.Object(
    { id: Type.String({ description: 'The id of the community.' }), subGroups },
    {
      description: 'The community was made.',
      examples: [{ id: communityExample, subGroups: subGroupsExample }],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { communities }) => {
    const name = nameIn(body.name, 'name')
    const made = await communities
      .communitiesOf(instance.id)
      .create(name, body.description?.trim() ?? '')
    return { id: made.community, subGroups: subGroupsOf(made) }
  },
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { subGroups, subGroupsExample, subGroupsOf } from './community-answer.js'
import { communityExample, communityInPath, communityOf } from './community-attributes.js'

export const communityMetadata = endpoint({
  method: 'GET',
  path: '/communities-metadata/:communityId',
  tag: 'communities',
  summary: 'Tells about a community and its groups.',
  description: 'It asks WhatsApp each time, twice.',
  params: { communityId: communityInPath },
  answer: Type.Object(
    {
      name: Type.String({ description: 'The name of the community.' }),
      id: Type.String({ description: 'Its id.' }),
      description: Type.String({ description: 'Its description; empty where there is none.' }),
      subGroups,
    },
    {
      description: 'What WhatsApp tells now.',
      examples: [
        {
          name: 'Condomínio',
          id: communityExample,
          description: 'Avisos do prédio',
          subGroups: subGroupsExample,
        },
      ],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { communities }) => {
    const id = communityOf(params.communityId)
    const found = await communities.communitiesOf(instance.id).find(id)
    return {
      name: found.subject,
      id: found.community,
      description: found.description ?? '',
      subGroups: subGroupsOf(found),
    }
  },
})

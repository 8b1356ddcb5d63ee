import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageIn, pageQuery } from '../paging.js'
import { noAnswer, notConnected } from '../refusals.js'
import { communityExample } from './community-attributes.js'

export const listCommunities = endpoint({
  method: 'GET',
  path: '/communities',
  tag: 'communities',
  summary: 'Lists the communities that the number is in.',
  description: 'It asks WhatsApp, at most every 10 seconds.',
  query: pageQuery('communities'),
  answer: Type.Array(
    Type.Object({
      name: Type.String({ description: 'The name of the community.' }),
      id: Type.String({ description: 'Its id.' }),
    }),
    {
      description: 'One page, by id. Empty after the last one.',
      examples: [[{ name: 'Condomínio', id: communityExample }]],
    },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { communities }) => {
    const { from, to } = pageIn(query)
    const all = await communities.communitiesOf(instance.id).list()
    return all
      .toSorted((one, other) => (one.group < other.group ? -1 : 1))
      .slice(from, to)
      .map(({ group, subject }) => ({ name: subject, id: group }))
  },
})

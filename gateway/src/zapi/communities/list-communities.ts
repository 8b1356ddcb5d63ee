import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { pageQuery, portionIn } from '../paging.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupsOnPage } from '../groups/known-groups.js'
import { communityExample } from './community-attributes.js'

export const listCommunities = endpoint({
  method: 'GET',
  path: '/communities',
  tag: 'communities',
  summary: 'Lists the communities that the number is in.',
  description:
    'It asks WhatsApp, at most every 10 seconds. Without a connection it answers what WhatsApp told last.',
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
  handle: async ({ instance }, { query }, modules) => {
    const all = await groupsOnPage(instance.id, portionIn(query), modules, 'communities')
    return all.map(({ group, subject }) => ({ name: subject, id: group }))
  },
})

import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { communityExample, communityId, communityOf } from './community-attributes.js'

export const communitySettings = endpoint({
  method: 'POST',
  path: '/communities/settings',
  tag: 'communities',
  summary: 'Changes who adds groups to a community.',
  description: 'The number has to be an admin of the community.',
  body: {
    communityId: Type.Optional(communityId),
    whoCanAddNewGroups: Type.Unsafe<'admins' | 'all'>({
      type: 'string',
      enum: ['admins', 'all'],
      description: '`admins` alone, or `all` members.',
    }),
  },
  example: { communityId: communityExample, whoCanAddNewGroups: 'admins' },
  audit: 'group-changed',
  answer: success,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { communities }) => {
    const id = communityOf(body.communityId)
    const isAdmins = body.whoCanAddNewGroups === 'admins'
    await communities.communitiesOf(instance.id).setAdminsAddGroups(id, isAdmins)
    return { success: true }
  },
})

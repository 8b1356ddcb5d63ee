import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { communityInPath, communityOf } from './community-attributes.js'

export const deactivateCommunity = endpoint({
  method: 'DELETE',
  path: '/communities/:communityId',
  tag: 'communities',
  summary: 'Ends a community.',
  description:
    'Its groups remain, each on its own; its announcement group is closed. The number has to have made the community.',
  params: { communityId: communityInPath },
  audit: 'group-changed',
  answer: success,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { communities }) => {
    const id = communityOf(params.communityId)
    await communities.communitiesOf(instance.id).deactivate(id)
    return { success: true }
  },
})

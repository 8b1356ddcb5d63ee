import { accountEndpoint } from '../endpoint.js'
import { memberParams, noSuchPool } from './pool-shapes.js'
import { done } from './shapes.js'

export const removePoolMember = accountEndpoint({
  method: 'DELETE',
  path: '/instances/integrator/pools/:poolId/members/:memberId',
  tag: 'partner',
  summary: 'Takes an instance out of a pool.',
  description: '**Ours.** What waits there for the pool goes to its other members.',
  audit: 'by-the-module',
  params: memberParams,
  answer: done,
  refusals: noSuchPool,
  forPeople: true,
  handle: async ({ by }, { params }, { pools }) => {
    await pools.removeMember(params.poolId, params.memberId, by)
    return { value: true }
  },
})

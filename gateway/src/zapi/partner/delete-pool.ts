import { accountEndpoint } from '../endpoint.js'
import { noSuchPool, poolParams } from './pool-shapes.js'
import { done } from './shapes.js'

export const deletePool = accountEndpoint({
  method: 'DELETE',
  path: '/instances/integrator/pools/:poolId',
  tag: 'partner',
  summary: 'Deletes a pool.',
  description: '**Ours.** Its instances stay, and send what waits there for it.',
  audit: 'by-the-module',
  params: poolParams,
  answer: done,
  refusals: noSuchPool,
  forPeople: true,
  handle: async ({ by }, { params }, { pools }) => {
    await pools.delete(params.poolId, by)
    return { value: true }
  },
})

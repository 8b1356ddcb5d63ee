import { Type } from 'typebox'
import { accountEndpoint } from '../endpoint.js'
import { memberParams, noSuchPool } from './pool-shapes.js'
import { done } from './shapes.js'

export const setPoolMember = accountEndpoint({
  method: 'PUT',
  path: '/instances/integrator/pools/:poolId/members/:memberId',
  tag: 'partner',
  summary: 'Adds an instance to a pool, or changes its weight.',
  description: '**Ours.** An instance may be in several pools. A pool has at most 100 members.',
  audit: 'by-the-module',
  params: memberParams,
  body: {
    weight: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'Its share of the people whom no member knows. 1 if unset.',
      }),
    ),
  },
  example: { weight: 1 },
  answer: done,
  refusals: noSuchPool,
  forPeople: true,
  handle: async ({ by }, { params, body }, { pools }) => {
    await pools.setMember(params.poolId, params.memberId, body.weight ?? 1, by)
    return { value: true }
  },
})

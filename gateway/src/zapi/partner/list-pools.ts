import { type Static, Type } from 'typebox'
import { accountEndpoint } from '../endpoint.js'
import { examplePool, listedPool } from './pool-shapes.js'

const answer = Type.Object(
  { pools: Type.Array(listedPool, { description: 'All pools.' }) },
  { examples: [{ pools: [examplePool] }] },
)

export type PoolsAnswer = Static<typeof answer>

export const listPools = accountEndpoint({
  method: 'GET',
  path: '/instances/integrator/pools',
  tag: 'partner',
  summary: 'Lists the pools with their tokens and members.',
  description: '**Ours.** The oldest first.',
  answer,
  forPeople: true,
  handle: async ({ by }, _input, { pools, instances, sessions }) => {
    const content: object[] = []
    for (const { id, name, createdAt, members } of await pools.list())
      content.push({
        id,
        // People of the console see a token once, when it is made.
        ...(by.role === 'partner' ? { token: await instances.tokenOf(id) } : {}),
        name,
        created: new Date(createdAt).toISOString(),
        members: members.map((member) => ({
          ...member,
          whatsappConnected: sessions.status(member.instanceId).state === 'open',
        })),
      })
    return { pools: content }
  },
})

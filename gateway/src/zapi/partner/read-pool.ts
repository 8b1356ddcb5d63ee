import { type Static, Type } from 'typebox'
import { memberStates } from '../../pools/pool-standings.js'
import { accountEndpoint } from '../endpoint.js'
import { countsByPriority, inSeconds, waitsByPriority } from '../queue/forecast-shape.js'
import { mostOf, mostShape } from '../instances/sending-limits.js'
import { examplePool, noSuchPool, poolParams } from './pool-shapes.js'

const orNull = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description })

const member = Type.Object({
  instanceId: Type.String({ description: 'The id of the instance.' }),
  name: Type.String({ description: 'Its name.' }),
  weight: Type.Integer({ description: 'Its share of new people.' }),
  state: Type.Enum([...memberStates], {
    description:
      'ready: it sends. full: it has reached a limit of today, which codes do not count against unless limitCodes is set. restricted: WhatsApp lets it begin no conversation. coming: its connection broke a moment ago. away: it is not connected.',
  }),
  restrictedUntil: orNull('When the restriction lifts, milliseconds since 1970; null without one.'),
  expected: waitsByPriority('by this member', 'it is not connected'),
  waiting: countsByPriority('What waits there, also for itself and for other pools.'),
  today: Type.Object(
    {
      messages: Type.Integer({ description: 'How many messages it sent today that count.' }),
      mostMessages: orNull('How many may be; null: no limit.'),
      newPeople: Type.Integer({
        description: 'How many people it has begun to write to; counted where that is limited.',
      }),
      mostNewPeople: orNull('How many may be; null: no limit.'),
      ...mostShape,
      endsAt: Type.Integer({ description: 'When its day ends, milliseconds since 1970.' }),
    },
    { description: 'Where it stands against its own limits.' },
  ),
})

const answer = Type.Object(
  {
    id: Type.String({ description: "The pool's id, for the path of its calls." }),
    name: Type.String({ description: 'Its name.' }),
    created: Type.String({ description: 'When it was made, ISO 8601.' }),
    expected: waitsByPriority('to a person whom no member knows', 'no member can send'),
    waiting: countsByPriority('What waits for the pool, with what is being sent.'),
    members: Type.Array(member, { description: 'The instances that send for it.' }),
  },
  {
    description: 'The pool at this moment.',
    examples: [
      {
        id: examplePool.id,
        name: examplePool.name,
        created: examplePool.created,
        expected: { high: 0, normal: 12.4, low: 12.4 },
        waiting: { high: 0, normal: 6, low: 0 },
        members: [
          {
            instanceId: examplePool.members[0]?.instanceId,
            name: 'Loja 1',
            weight: 1,
            state: 'ready',
            restrictedUntil: null,
            expected: { high: 0, normal: 12.4, low: 12.4 },
            waiting: { high: 0, normal: 6, low: 0 },
            today: {
              messages: 12,
              mostMessages: 27,
              newPeople: 3,
              mostNewPeople: 50,
              mostFrom: 'pool-warm-up',
              warmUpDay: 2,
              warmUpPool: examplePool.id,
              endsAt: 1_795_662_000_000,
            },
          },
        ],
      },
    ],
  },
)

export type PoolAnswer = Static<typeof answer>

export const readPool = accountEndpoint({
  method: 'GET',
  path: '/instances/integrator/pools/:poolId',
  tag: 'partner',
  summary: 'Tells how a pool stands: its members, and how long a new code would wait.',
  description:
    '**Ours.** Without its token. The waits are estimates, in seconds; a person who has a conversation with a member waits for that one.',
  params: poolParams,
  answer,
  refusals: noSuchPool,
  forPeople: true,
  handle: async (_caller, { params }, { pools, poolStandings, instances, sendingLimits }) => {
    const pool = await pools.get(params.poolId)
    const { members, waiting, waitsMs } = await poolStandings.of(pool.id)
    const described: object[] = []
    for (const { instanceId, weight, state, restrictedUntil, ...each } of members) {
      const owner = { id: instanceId, isPool: false }
      const its = await sendingLimits.standing(owner)
      const { limits, day, messages, newPeople } = its
      described.push({
        instanceId,
        name: (await instances.find(instanceId))?.name ?? '',
        weight,
        state,
        restrictedUntil: restrictedUntil ?? null,
        expected: inSeconds(each.waitsMs),
        waiting: each.waiting,
        today: {
          messages,
          ...mostOf(its),
          newPeople,
          mostNewPeople: limits.dailyNewPeople === 0 ? null : limits.dailyNewPeople,
          endsAt: day.endsAt,
        },
      })
    }
    return {
      id: pool.id,
      name: pool.name,
      created: new Date(pool.createdAt).toISOString(),
      expected: inSeconds(waitsMs),
      waiting,
      members: described,
    }
  },
})

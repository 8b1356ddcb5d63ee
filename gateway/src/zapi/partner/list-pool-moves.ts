import { type Static, Type } from 'typebox'
import { accountEndpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { move, statusNames, toldMove } from '../messages/find-message.js'
import { examplePool, noSuchPool, poolParams } from './pool-shapes.js'
import { exampleId } from './shapes.js'

const pageSize = 50

const answer = Type.Object(
  {
    messages: Type.Array(
      Type.Object({
        zaapId: Type.String({ description: 'Our id of the message.' }),
        instanceId: Type.String({ description: 'The member that has it, or sent it.' }),
        status: Type.String({ description: 'As in `GET …/messages/{zaapId}`.' }),
        acceptedAt: Type.Integer({
          description: 'When it was stored, milliseconds since 1970.',
        }),
        moves: Type.Array(move, { description: 'The oldest first.' }),
      }),
      { description: 'The newest first.' },
    ),
    next: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'As `before`, it asks for the next page; null on the last one.',
    }),
  },
  {
    description: 'One page.',
    examples: [
      {
        messages: [
          {
            zaapId: '019D44C1A7E07B51A3A0F3F2D5C7B9E1',
            instanceId: exampleId,
            status: 'SENT',
            acceptedAt: 1_795_600_000_000,
            moves: [
              {
                movedAt: 1_795_600_000_900,
                from: examplePool.id,
                to: exampleId,
                reason: 'disconnected',
              },
            ],
          },
        ],
        next: null,
      },
    ],
  },
)

export type PoolMovesAnswer = Static<typeof answer>

export const listPoolMoves = accountEndpoint({
  method: 'GET',
  path: '/instances/integrator/pools/:poolId/moves',
  tag: 'partner',
  summary: 'Lists the messages of a pool that went from one member to another, and why.',
  description: `**Ours.** ${pageSize} a page, as long as messages are kept.`,
  params: poolParams,
  query: {
    before: Type.Optional(
      Type.String({ maxLength: 20, description: '`next` of the page before.', examples: ['4711'] }),
    ),
  },
  answer,
  refusals: noSuchPool,
  forPeople: true,
  handle: async (_caller, { params, query }, { pools, poolMessages }) => {
    const { id } = await pools.get(params.poolId)
    const page = { before: placeOf(query.before), limit: pageSize }
    const messages = await poolMessages.moved(id, page)
    return {
      messages: messages.map(({ id: zaapId, instanceId, status, acceptedAt, moves }) => ({
        zaapId,
        instanceId,
        status: statusNames[status],
        acceptedAt,
        moves: moves.map(toldMove),
      })),
      next: messages.length < pageSize ? null : (messages.at(-1)?.place ?? null),
    }
  },
})

function placeOf(before: string | undefined): number | undefined {
  if (before === undefined || before === '') return undefined
  if (/^\d{1,15}$/u.test(before)) return Number(before)
  throw new InvalidRequestError('before must be the next of the page before')
}

import { type Static, Type } from 'typebox'
import { isInstanceId } from '../../domain/instance.js'
import type { ListedRefusal } from '../../instances/refused-calls.js'
import { accountEndpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { wholeNumber } from '../paging.js'
import { cures, type Refusal, refusalOf } from '../refusal-cures.js'
import { orNull } from '../webhooks/callback-entry.js'
import { exampleId } from './shapes.js'

const usualLimit = 100
const largestLimit = 500

const listed = Type.Object({
  at: Type.Integer({ description: 'When it was refused, milliseconds since 1970.' }),
  instanceId: orNull('string', 'As the call named it; null where it named none.'),
  identified: Type.Boolean({ description: 'Whether it had the token of that instance.' }),
  method: Type.String({ description: 'Of HTTP.' }),
  path: Type.String({ description: 'The pattern of its path, without token and numbers.' }),
  status: Type.Integer({ description: 'What it was answered, 400 to 499.' }),
  cause: Type.String({ description: 'The text of the answer, without tokens and numbers.' }),
  reason: Type.Unsafe<Refusal>(
    Type.String({ description: 'The kind of the refusal, for programs.' }),
  ),
  cure: Type.String({ description: 'What its caller does about it.' }),
  requestId: Type.String({ description: 'The x-request-id of its answer; the log has it, too.' }),
  address: Type.String({ description: 'Where it came from.' }),
})

const answer = Type.Object(
  {
    calls: Type.Array(listed, { description: 'This page.' }),
    next: orNull('integer', 'Asks for the next page as `after`; null on the last one.'),
  },
  {
    description: 'One page.',
    examples: [
      {
        calls: [
          {
            at: 1_795_600_000_000,
            instanceId: exampleId,
            identified: true,
            method: 'POST',
            path: '/instances/:instanceId/token/:token/send-text',
            status: 400,
            cause: 'message is required',
            reason: 'body',
            cure: cures.body,
            requestId: '0f0c6a3e-5d0b-4b0e-9d43-5f0c9a3e7d11',
            address: '192.0.2.7',
          },
        ],
        next: null,
      },
    ],
  },
)

export type RefusedCallsAnswer = Static<typeof answer>

export const listRefusedCalls = accountEndpoint({
  method: 'GET',
  path: '/instances/integrator/refused-calls',
  forPeople: true,
  tag: 'partner',
  summary: 'Lists the last calls that were refused.',
  description:
    '**Ours.** Those that were answered 4xx, the newest first, without their bodies: the last 1,000 with the token of an instance, and the last 250 others. They are listed within two seconds.',
  query: {
    instanceId: Type.Optional(Type.String({ maxLength: 64, description: 'Of one instance.' })),
    after: Type.Optional(
      Type.String({ maxLength: 15, description: 'The `next` of the page before.' }),
    ),
    limit: Type.Optional(
      Type.String({ maxLength: 4, description: 'How many, at most 500. 100 if it is not given.' }),
    ),
  },
  answer,
  handle: async (_caller, { query: { instanceId, after, limit: most } }, { refused }) => {
    if (instanceId !== undefined && !isInstanceId(instanceId))
      throw new InvalidRequestError('instanceId must be the id of an instance')
    if (after !== undefined && !/^\d{1,15}$/u.test(after))
      throw new InvalidRequestError('after must be the next of the page before')
    const limit = Math.min(wholeNumber(most, 'limit') ?? usualLimit, largestLimit)
    const before = after === undefined ? undefined : Number(after)
    const page = await refused.list({ instanceId, before, limit })
    const last = page.length < limit ? undefined : page.at(-1)
    return { calls: page.map(describe), next: last?.sequence ?? null }
  },
})

function describe(call: ListedRefusal): Static<typeof listed> {
  const { at, instanceId = null, isIdentified, method, statusCode, cause, requestId } = call
  const reason = refusalOf(call)
  return {
    at,
    instanceId,
    identified: isIdentified,
    method,
    path: call.route,
    status: statusCode,
    cause,
    reason,
    cure: cures[reason],
    requestId,
    address: call.address,
  }
}

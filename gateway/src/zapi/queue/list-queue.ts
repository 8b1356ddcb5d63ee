import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { queued, queuedExample, queuedMessage } from './queued-message.js'

const defaultPageSize = 20
const largestPageSize = 30

export const listQueue = endpoint({
  method: 'POST',
  path: '/queue',
  tag: 'queue',
  summary: 'Lists the waiting messages, page by page.',
  description: 'In sending order. Codes are masked. Without a body, the first page.',
  body: {
    // A larger number gives a full page, as at Z-API.
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, description: 'How many messages, 20 if unset, at most 30.' }),
    ),
    pagingState: Type.Optional(
      Type.String({ maxLength: 200, description: 'The pagingState of the page before.' }),
    ),
  },
  example: { pageSize: 20 },
  audit: { none: 'it only reads' },
  answer: Type.Object(
    {
      messages: Type.Array(
        Type.Object({
          ...queuedMessage,
          CreatedAt: Type.String({ description: 'The same as Created, ISO 8601.' }),
          Beta: Type.Boolean({ description: 'Always false.' }),
        }),
        { description: 'In sending order.' },
      ),
      pagingState: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'Asks for the next page; null on the last one.',
      }),
      hasMore: Type.Boolean({ description: 'Whether there is a next page.' }),
    },
    {
      description: 'One page of the queue.',
      examples: [
        {
          messages: [{ ...queuedExample, CreatedAt: '2026-11-25T10:26:40.000+00:00', Beta: false }],
          pagingState: null,
          hasMore: false,
        },
      ],
    },
  ),
  handle: async ({ instance }, { body }, { waiting }) => {
    const { messages, next } = await waiting.page(instance.id, {
      after: placeOf(body.pagingState),
      limit: Math.min(body.pageSize ?? defaultPageSize, largestPageSize),
    })
    return {
      messages: messages.map((message) => ({
        ...queued(instance.id, message),
        CreatedAt: new Date(message.acceptedAt).toISOString().replace('Z', '+00:00'),
        Beta: false,
      })),
      pagingState: next === undefined ? null : pagingStateOf(next),
      hasMore: next !== undefined,
    }
  },
})

function pagingStateOf(place: number): string {
  return Buffer.from(JSON.stringify({ after: place })).toString('base64url')
}

function placeOf(pagingState: string | undefined): number | undefined {
  if (pagingState === undefined) return undefined
  const text = Buffer.from(pagingState, 'base64url').toString()
  const [, place] = /^\{"after":(\d{1,15})\}$/u.exec(text) ?? []
  if (place === undefined)
    throw new InvalidRequestError('pagingState must be that of the page before')
  return Number(place)
}

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { queued, queuedExample, queuedMessage } from './queued-message.js'

const defaultPageSize = 20
/** The documented example asks for so many. */
const largestPageSize = 100

/** Z-API ignores its `page` by now, so this always lists the beginning. */
export const listQueueBeginning = endpoint({
  method: 'GET',
  path: '/queue',
  tag: 'queue',
  summary: 'Lists the first waiting messages.',
  description:
    'Deprecated by Z-API: POST has pages, and `page` has no effect here. Codes are masked.',
  query: {
    pageSize: Type.Optional(
      Type.String({ description: '20 if unset, at most 100.', examples: ['20'] }),
    ),
  },
  answer: Type.Object(
    { messages: Type.Array(Type.Object(queuedMessage), { description: 'In sending order.' }) },
    { description: 'The beginning of the queue.', examples: [{ messages: [queuedExample] }] },
  ),
  handle: async ({ instance }, { query }, { waiting }) => {
    const limit = Math.min(wholeNumber(query.pageSize) ?? defaultPageSize, largestPageSize)
    const { messages } = await waiting.page(instance.id, { limit })
    return { messages: messages.map((message) => queued(instance.id, message)) }
  },
})

function wholeNumber(pageSize: string | undefined): number | undefined {
  if (pageSize === undefined || pageSize === '') return undefined
  if (/^[1-9]\d{0,8}$/u.test(pageSize)) return Number(pageSize)
  throw new InvalidRequestError('pageSize must be a whole number, at least 1')
}

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { list, listAnswer, listAnswerExample } from './list-attributes.js'

const defaultSize = 20
const largestSize = 100

const number = (description: string) =>
  Type.Optional(Type.String({ maxLength: 10, description, examples: ['1'] }))

export const listBroadcast = endpoint({
  method: 'GET',
  path: '/broadcast',
  tag: 'broadcast',
  summary: 'Lists the broadcast lists.',
  description: 'Those that were made here; lists on the phone are not among them.',
  query: {
    page: number('The page, from 1.'),
    pageSize: number('How many lists a page has, at most 100. 20 if it is not given.'),
  },
  answer: Type.Array(list, {
    description: 'One page, the oldest first. Empty after the last one.',
    examples: [[listAnswerExample]],
  }),
  handle: async ({ instance }, { query }, { broadcastLists }) => {
    const page = wholeNumber(query.page, 'page') ?? 1
    const limit = Math.min(wholeNumber(query.pageSize, 'pageSize') ?? defaultSize, largestSize)
    const found = await broadcastLists.list(instance.id, { offset: (page - 1) * limit, limit })
    return found.map(listAnswer)
  },
})

function wholeNumber(given: string | undefined, attribute: string): number | undefined {
  if (given === undefined || given === '') return undefined
  if (/^[1-9]\d{0,5}$/u.test(given)) return Number(given)
  throw new InvalidRequestError(`${attribute} must be a whole number, at least 1`)
}

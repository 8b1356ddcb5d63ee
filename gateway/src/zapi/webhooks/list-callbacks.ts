import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import {
  callbackEntry,
  callbackExample,
  entryOf,
  moment,
  timeIn,
  orNull,
} from './callback-entry.js'

const pageSize = 100

/** Without the bodies: a listing shows nothing that was said. */
export const listCallbacks = endpoint({
  method: 'GET',
  path: '/callbacks',
  tag: 'webhooks',
  summary: 'Lists the callbacks that failed for good.',
  description:
    '**Ours.** At most 100 a page, the oldest first, without their bodies. `since`: only those that were owed then or later. `after`: the `next` of the page before.',
  query: {
    since: Type.Optional(Type.String({ description: `Only those made since then: ${moment}` })),
    after: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
  },
  answer: Type.Object(
    {
      callbacks: Type.Array(Type.Object(callbackEntry), {
        description: 'At most 100, the oldest first.',
      }),
      next: orNull('string', 'Asks for the next page as `after`; null on the last one.'),
    },
    { description: 'One page.', examples: [{ callbacks: [callbackExample], next: null }] },
  ),
  handle: async ({ instance }, { query: { since, after } }, { deadLetters }) => {
    const letters = await deadLetters.list(instance.id, {
      limit: pageSize,
      ...(since === undefined ? {} : { since: timeIn(since) }),
      ...(after === undefined ? {} : { after: placeOf(after) }),
    })
    const isFull = letters.length === pageSize
    const next = isFull ? String(letters.at(-1)?.sequence) : null
    return { callbacks: letters.map(entryOf), next }
  },
})

function placeOf(text: string): number {
  if (/^\d{1,15}$/u.test(text)) return Number(text)
  throw new InvalidRequestError('after must be the next of the page before')
}

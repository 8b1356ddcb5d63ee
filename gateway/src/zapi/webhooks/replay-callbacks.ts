import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { moment, timeIn } from './callback-entry.js'

export const replayCallbacks = endpoint({
  method: 'POST',
  path: '/callbacks/replay',
  tag: 'webhooks',
  summary: 'Sends all callbacks again that failed since a moment.',
  description: '**Ours.** They go with the same ids and the same bodies, in their order.',
  keepBlanks: true,
  body: {
    since: Type.Unsafe<string | number>({
      type: ['string', 'number'],
      description: `The moment: ${moment}`,
    }),
  },
  example: { since: '2026-11-20T10:00:00Z' },
  audit: 'callbacks-replayed',
  answer: Type.Object(
    { replayed: Type.Integer({ description: 'How many go again.' }) },
    { description: 'They are queued again.', examples: [{ replayed: 1 }] },
  ),
  handle: async ({ instance }, { body }, { deadLetters }) => ({
    replayed: await deadLetters.replayAll(instance.id, timeIn(String(body.since))),
  }),
})

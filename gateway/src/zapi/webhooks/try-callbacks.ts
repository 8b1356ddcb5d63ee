import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { moment, timeIn, receiverUrl } from './callback-entry.js'

export const tryCallbacks = endpoint({
  method: 'POST',
  path: '/callbacks/try',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Tries now what waits for its next attempt.',
  description:
    '**Ours.** Of one receiver or of all. With `since` it also sends again what failed since then. Receivers that are paused get nothing.',
  body: {
    url: Type.Optional(receiverUrl),
    since: Type.Optional(
      Type.Unsafe<string | number>({
        type: ['string', 'number'],
        description: `The moment: ${moment}`,
      }),
    ),
  },
  example: { url: 'https://example.com/whatsapp', since: '2026-11-20T10:00:00Z' },
  audit: 'callbacks-tried',
  answer: Type.Object(
    {
      tried: Type.Integer({
        description: 'How many are tried now. What waits behind them in their chats follows.',
      }),
    },
    { description: 'They are due.', examples: [{ tried: 1 }] },
  ),
  handle: async ({ instance }, { body: { url, since } }, { deadLetters }) => ({
    tried: await deadLetters.tryAll(instance.id, {
      url,
      since: since === undefined ? undefined : timeIn(String(since)),
    }),
  }),
})

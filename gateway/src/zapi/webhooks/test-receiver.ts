import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { attemptEntry, attemptOf, receiverUrl, unknownReceiver } from './callback-entry.js'

export const testReceiver = endpoint({
  method: 'POST',
  path: '/callbacks/receivers/test',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Sends a test callback and tells what the receiver answered.',
  description:
    '**Ours.** One POST with the type `TestCallback`, signed like every other. It is not stored and not repeated. Waits up to 15 seconds.',
  body: { url: receiverUrl },
  example: { url: 'https://example.com/whatsapp' },
  audit: 'callback-tested',
  answer: Type.Object(attemptEntry, {
    description: 'What came of it.',
    examples: [
      { at: 1_795_600_000_400, durationMs: 83, statusCode: 200, error: null, answer: 'ok' },
    ],
  }),
  refusals: { 404: 'No callback of this instance goes to this URL.' },
  handle: async ({ instance, gone }, { body }, { receivers }) => {
    const tested = await receivers.test(instance.id, body.url, gone)
    if (tested === undefined) throw unknownReceiver()
    return attemptOf(tested)
  },
})

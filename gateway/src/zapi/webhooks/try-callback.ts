import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { NotDeadError } from '../error-replies.js'
import { callbackParams, unknownCallback } from './callback-entry.js'

export const tryCallback = endpoint({
  method: 'POST',
  path: '/callbacks/:callbackId/try',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Tries one callback now.',
  description:
    '**Ours.** Whether it waits for its next attempt or failed. If others of its chat wait before it, they are tried now, and it follows. It uses up none of the ten attempts.',
  params: callbackParams,
  audit: 'callbacks-tried',
  answer: value,
  refusals: { 409: 'It has arrived.' },
  handle: async ({ instance }, { params }, { deadLetters }) => {
    const outcome = await deadLetters.tryNow(instance.id, params.callbackId)
    if (outcome === 'unheard-of') throw unknownCallback()
    if (outcome === 'done') throw new NotDeadError('This callback has arrived.')
    return { value: true }
  },
})

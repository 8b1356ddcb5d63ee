import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { NotDeadError } from '../error-replies.js'
import { callbackParams, unknownCallback } from './callback-entry.js'

export const replayCallback = endpoint({
  method: 'POST',
  path: '/callbacks/:callbackId/replay',
  tag: 'webhooks',
  summary: 'Sends one failed callback again.',
  description: '**Ours.** It goes with the same id and the same body.',
  params: callbackParams,
  audit: 'callbacks-replayed',
  answer: value,
  refusals: { 409: 'It did not fail: it arrived, or is still being tried.' },
  handle: async ({ instance }, { params }, { deadLetters }) => {
    const outcome = await deadLetters.replay(instance.id, params.callbackId)
    if (outcome === 'unheard-of') throw unknownCallback()
    if (outcome === 'not-dead')
      throw new NotDeadError('This callback did not fail: it arrived, or is still being tried.')
    return { value: true }
  },
})

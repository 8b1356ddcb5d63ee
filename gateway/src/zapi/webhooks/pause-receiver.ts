import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { receiverUrl, unknownReceiver } from './callback-entry.js'

export const pauseReceiver = endpoint({
  method: 'POST',
  path: '/callbacks/receivers/pause',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Pauses a receiver.',
  description:
    '**Ours.** Nothing goes there until it is resumed; what is owed waits and is not lost. An attempt that is on its way ends.',
  body: { url: receiverUrl },
  example: { url: 'https://example.com/whatsapp' },
  audit: 'receiver-paused',
  answer: value,
  refusals: { 404: 'No callback of this instance goes to this URL.' },
  handle: async ({ instance }, { body }, { receivers }) => {
    if (!(await receivers.pause(instance.id, body.url))) throw unknownReceiver()
    return { value: true }
  },
})

import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { receiverUrl } from './callback-entry.js'

export const resumeReceiver = endpoint({
  method: 'POST',
  path: '/callbacks/receivers/resume',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Resumes a receiver.',
  description:
    '**Ours.** What waited goes there now. A receiver that answered 410 gets callbacks again, too.',
  body: { url: receiverUrl },
  example: { url: 'https://example.com/whatsapp' },
  audit: 'receiver-resumed',
  answer: value,
  handle: async ({ instance }, { body }, { receivers }) => {
    await receivers.resume(instance.id, body.url)
    return { value: true }
  },
})

import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

export const disconnect = endpoint({
  method: 'GET',
  path: '/disconnect',
  tag: 'instance',
  summary: 'Unlinks the phone.',
  description:
    'Waiting messages are kept, and go once a phone is linked again. Does nothing if no phone is linked.',
  audit: 'instance-disconnected',
  answer: value,
  handle: async ({ instance }, _input, { sessions }) => {
    await sessions.disconnect(instance.id)
    return { value: true }
  },
})

import { endpoint } from '../endpoint.js'
import { isOpen } from './is-open.js'

export const restart = endpoint({
  method: 'GET',
  path: '/restart',
  tag: 'instance',
  summary: 'Closes the connection to WhatsApp and opens it again.',
  description:
    'The phone stays linked. A message that is being sent goes again under the same id, so it arrives once.',
  audit: 'instance-restarted',
  answer: isOpen,
  refusals: { 400: 'No phone is linked.' },
  handle: async ({ instance }, _input, { sessions }) => ({
    value: await sessions.restart(instance.id),
  }),
})

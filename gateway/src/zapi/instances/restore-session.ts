import { endpoint } from '../endpoint.js'
import { isOpen } from './is-open.js'

export const restoreSession = endpoint({
  method: 'GET',
  path: '/restore-session',
  tag: 'instance',
  summary: 'Opens the connection to WhatsApp if it is not open.',
  description:
    'For an instance whose status says "You need to restore the session." An open connection stays open.',
  audit: 'instance-restarted',
  answer: isOpen,
  refusals: { 400: 'No phone is linked.' },
  handle: async ({ instance }, _input, { sessions }) => ({
    value: await sessions.restore(instance.id),
  }),
})

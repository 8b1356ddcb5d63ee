import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { onOrOff } from './on-or-off.js'

export const updateCallRejectAuto = endpoint({
  method: 'PUT',
  path: '/update-call-reject-auto',
  tag: 'instance',
  summary: 'Rejects every call to this number as it comes in, or lets it ring.',
  description: 'update-call-reject-message sets the text that the caller is sent.',
  keepBlanks: true,
  body: onOrOff('Whether calls are rejected.'),
  example: { value: true },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { rejectCalls: body.value })
    return { value: true }
  },
})

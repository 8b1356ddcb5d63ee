import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { onOrOff } from './on-or-off.js'

export const updateAutoReadStatus = endpoint({
  method: 'PUT',
  path: '/update-auto-read-status',
  tag: 'instance',
  summary: 'Marks the statuses (stories) of contacts as seen, or stops doing so.',
  description: 'Their authors then see this number among the viewers.',
  keepBlanks: true,
  body: onOrOff('Whether statuses are marked as seen.'),
  example: { value: true },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { readStatuses: body.value })
    return { value: true }
  },
})

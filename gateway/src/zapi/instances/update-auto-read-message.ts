import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { onOrOff } from './on-or-off.js'

export const updateAutoReadMessage = endpoint({
  method: 'PUT',
  path: '/update-auto-read-message',
  tag: 'instance',
  summary: 'Marks incoming messages as read once they are stored, or stops doing so.',
  description: 'The sender then sees the blue ticks.',
  keepBlanks: true,
  body: onOrOff('Whether messages are marked as read.'),
  example: { value: true },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { readMessages: body.value })
    return { value: true }
  },
})

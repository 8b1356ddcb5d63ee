import { Type } from 'typebox'
import { lateSends } from '../../domain/instance.js'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

export const updateLateSends = endpoint({
  method: 'PUT',
  path: '/update-late-sends',
  tag: 'instance',
  summary: 'Sets what becomes of messages that would expire before their turn.',
  description:
    '**Ours.** `refuse` (so it is unless set): 429 with Retry-After, so that the caller can take another way. `accept`: it is queued, and the answer has `lateAt`.',
  body: { value: Type.Enum([...lateSends], { description: 'From now on.' }) },
  example: { value: 'accept' },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { lateSends: body.value })
    return { value: true }
  },
})

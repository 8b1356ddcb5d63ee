import { Type } from 'typebox'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

export const updateQueueSettings = endpoint({
  method: 'PUT',
  path: '/update-queue-settings',
  tag: 'queue',
  summary: 'Sets whether sends are kept while the instance is disconnected.',
  description: 'Otherwise they are refused with 400. At most 1,000 are kept.',
  body: {
    disableEnqueueWhenDisconnected: Type.Boolean({
      description:
        'true refuses sends while the instance is disconnected, instead of keeping them.',
    }),
  },
  example: { disableEnqueueWhenDisconnected: true },
  audit: 'settings-changed',
  answer: success,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, {
      refuseWhileDisconnected: body.disableEnqueueWhenDisconnected,
    })
    return { success: true }
  },
})

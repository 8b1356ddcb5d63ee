import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

/** Z-API documents no body of the answer. */
export const deleteQueue = endpoint({
  method: 'DELETE',
  path: '/queue',
  tag: 'queue',
  summary: 'Deletes all waiting messages.',
  description: 'Messages that may have left are kept, and counted in the answer.',
  audit: 'messages-cancelled',
  answer: Type.Object(
    {
      deleted: Type.Integer({ description: '**Ours.** How many were deleted.' }),
      kept: Type.Integer({ description: '**Ours.** How many were kept: they may have left.' }),
    },
    { description: 'A deleted message is not sent.', examples: [{ deleted: 1, kept: 0 }] },
  ),
  handle: async ({ instance }, _input, { waiting }) => {
    const { cancelled, kept } = await waiting.cancelAll(instance.id)
    return { deleted: cancelled, kept }
  },
})

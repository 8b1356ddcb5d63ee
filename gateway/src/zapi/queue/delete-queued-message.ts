import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { TooLateToDeleteError } from '../error-replies.js'
import { zaapIdParams } from '../zaap-id.js'

export const deleteQueuedMessage = endpoint({
  method: 'DELETE',
  path: '/queue/:zaapId',
  tag: 'queue',
  summary: 'Deletes one waiting message.',
  description: 'A repeated call answers 200 again, with `deleted` 0.',
  params: zaapIdParams,
  audit: 'messages-cancelled',
  answer: Type.Object(
    { deleted: Type.Integer({ description: '**Ours.** 0 if there was nothing to delete.' }) },
    { description: 'The message will not be sent.', examples: [{ deleted: 1 }] },
  ),
  refusals: { 409: 'It is being sent, or was sent, or has ended. Nothing was changed.' },
  handle: async ({ instance }, { params }, { waiting }) => {
    const outcome = await waiting.cancel(instance.id, params.zaapId)
    if (outcome === 'too-late')
      throw new TooLateToDeleteError(
        'The message was not deleted: it is being sent, or was sent, or has ended',
      )
    return { deleted: outcome === 'cancelled' ? 1 : 0 }
  },
})

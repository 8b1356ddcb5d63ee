import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { listIdOf, listInPath, unknownList } from './list-attributes.js'

export const deleteBroadcast = endpoint({
  method: 'DELETE',
  path: '/broadcast/:broadcastId',
  tag: 'broadcast',
  summary: 'Deletes a broadcast list.',
  description: 'Messages that were sent to it and wait still go.',
  params: listInPath,
  audit: 'settings-changed',
  answer: success,
  refusals: { 404: 'This instance has no such list.' },
  handle: async ({ instance }, { params }, { broadcastLists }) => {
    if (!(await broadcastLists.delete(instance.id, listIdOf(params.broadcastId))))
      throw unknownList()
    return { success: true }
  },
})

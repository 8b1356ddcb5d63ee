import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { labelOf } from './known-label.js'
import { tagId } from './tag-attributes.js'

export const deleteTag = endpoint({
  method: 'DELETE',
  path: '/business/tag/:tagId',
  tag: 'business',
  summary: 'Deletes a label.',
  description: 'Chats that had it lose it. Only for numbers of the WhatsApp Business app.',
  params: { tagId },
  audit: 'settings-changed',
  answer: success,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { account, directory }) => {
    const { labels } = account.accountOf(instance.id)
    const label = await labelOf(instance.id, params.tagId, directory)
    await labels.delete(label)
    await directory.take(instance.id, [{ kind: 'label-deleted', id: label.id }])
    return { success: true }
  },
})

import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { labelOf } from './known-label.js'
import { tagBody, tagId, tagNameIn } from './tag-attributes.js'

export const editTag = endpoint({
  method: 'POST',
  path: '/business/edit-tag/:tagId',
  tag: 'business',
  summary: 'Changes the name of a label, and its colour.',
  description: 'Only for numbers of the WhatsApp Business app. Without a color it keeps its own.',
  params: { tagId },
  body: tagBody,
  example: { name: 'Cliente antigo', color: 2 },
  audit: 'settings-changed',
  answer: success,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params, body }, { account, directory }) => {
    const name = tagNameIn(body.name)
    const { labels } = account.accountOf(instance.id)
    const known = await labelOf(instance.id, params.tagId, directory)
    const label = { ...known, name, color: body.color ?? known.color }
    await labels.put(label)
    await directory.take(instance.id, [{ kind: 'label', label }])
    return { success: true }
  },
})

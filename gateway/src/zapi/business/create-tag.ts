import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { labelColors, tagBody, tagNameIn } from './tag-attributes.js'

export const createTag = endpoint({
  method: 'POST',
  path: '/business/create-tag',
  tag: 'business',
  summary: 'Makes a label.',
  description:
    'Only for numbers of the WhatsApp Business app. Sent again after no answer, it may make a second label.',
  body: tagBody,
  example: { name: 'Novo cliente', color: 1 },
  audit: 'settings-changed',
  answer: Type.Object(
    { id: Type.String({ description: 'The number of the label.' }) },
    { description: 'The label was made.', examples: [{ id: '10' }] },
  ),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { account, directory }) => {
    const name = tagNameIn(body.name)
    const { labels } = account.accountOf(instance.id)
    const id = await directory.labels.nextId(instance.id)
    const label = { id, name, color: body.color ?? Number(id) % labelColors.length }
    await labels.put(label)
    await directory.take(instance.id, [{ kind: 'label', label }])
    return { id }
  },
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

export const tags = endpoint({
  method: 'GET',
  path: '/tags',
  tag: 'business',
  summary: 'Lists the labels of the number.',
  description:
    'From what the phone told after the linking, and every change since. It answers without a connection too. Only the WhatsApp Business app has labels.',
  answer: Type.Array(
    Type.Object({
      id: Type.String({ description: 'The number of the label.' }),
      name: Type.String({ description: 'Of the label.' }),
      color: Type.Integer({ description: 'The number of its colour.' }),
    }),
    { description: 'By number.', examples: [[{ id: '1', name: 'Novo cliente', color: 1 }]] },
  ),
  handle: ({ instance }, _input, { directory }) => directory.labels.list(instance.id),
})

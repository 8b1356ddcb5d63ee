import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { labelColors } from './tag-attributes.js'

const colors = Object.fromEntries(labelColors.entries())

export const tagsColors = endpoint({
  method: 'GET',
  path: '/business/tags/colors',
  tag: 'business',
  summary: 'Lists the colours that labels can have.',
  description: 'They are the same for every number.',
  answer: Type.Record(Type.String(), Type.String(), {
    description: 'Each colour by its number.',
    examples: [colors],
  }),
  handle: async () => colors,
})

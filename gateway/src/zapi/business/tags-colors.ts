import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { labelColors } from './tag-attributes.js'

const colors = Object.fromEntries(labelColors.entries())

const shapes = Object.fromEntries(
  labelColors.map((_color, number) => [
    String(number),
    Type.String({ description: 'As #RRGGBB.' }),
  ]),
)

export const tagsColors = endpoint({
  method: 'GET',
  path: '/business/tags/colors',
  tag: 'business',
  summary: 'Lists the colours that labels can have.',
  description: 'They are the same for every number.',
  answer: Type.Object(shapes, {
    description: 'Each colour by its number.',
    examples: [colors],
  }),
  handle: async () => colors,
})

/** What the calls about labels read and answer. Z-API calls them tags. */

import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'

/** WhatsApp's colours of labels, by their numbers. */
export const labelColors = [
  '#FF9485',
  '#64C4FF',
  '#FFD429',
  '#DFAEF0',
  '#99B6C1',
  '#55CCB3',
  '#FF9DFF',
  '#D3A91D',
  '#6D7CCE',
  '#D7E752',
  '#00D0E2',
  '#FFC5C7',
  '#93CEAC',
  '#F74848',
  '#00A0F2',
  '#83E422',
  '#FFAF04',
  '#B5EBFF',
  '#9BA6FF',
  '#9368CF',
] as const

/** WhatsApp's app takes no longer ones. */
const longestName = 100

export const tagBody = {
  name: Type.String({ minLength: 1, maxLength: longestName, description: 'Of the label.' }),
  color: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: labelColors.length - 1,
      description: 'The number of the colour, as GET /business/tags/colors tells them.',
    }),
  ),
}

export const tagId = Type.String({
  pattern: '^[0-9]{1,9}$',
  description: 'The number of the label, as GET /tags tells it.',
  examples: ['1'],
})

/** Throws `InvalidRequestError`. */
export function tagNameIn(given: string): string {
  const name = given.trim()
  if (name === '') throw new InvalidRequestError('name is empty')
  return name
}

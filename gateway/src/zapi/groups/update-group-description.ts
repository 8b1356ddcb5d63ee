import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf } from './group-attributes.js'

/** WhatsApp takes no longer descriptions. */
const longestDescription = 2_048

export const updateGroupDescription = endpoint({
  method: 'POST',
  path: '/update-group-description',
  tag: 'group',
  summary: 'Changes the description of a group.',
  description: 'Where only admins change it, the number has to be one.',
  keepBlanks: true,
  body: {
    groupId,
    groupDescription: Type.String({
      maxLength: longestDescription,
      description: 'The new text; empty to take it away.',
    }),
  },
  example: { groupId: groupExample, groupDescription: 'Avisos do prédio' },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { groups }) => {
    await groups.groupsOf(instance.id).describe(groupOf(body.groupId), body.groupDescription)
    return { value: true }
  },
})

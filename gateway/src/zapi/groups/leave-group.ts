import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf } from './group-attributes.js'

export const leaveGroup = endpoint({
  method: 'POST',
  path: '/leave-group',
  tag: 'group',
  summary: 'Leaves a group.',
  description: 'The number gets nothing of the group from then on, and cannot come back by itself.',
  body: { groupId },
  example: { groupId: groupExample },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { groups }) => {
    await groups.groupsOf(instance.id).leave(groupOf(body.groupId))
    return { value: true }
  },
})

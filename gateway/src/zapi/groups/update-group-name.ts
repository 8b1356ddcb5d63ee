import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf } from './group-attributes.js'
import { groupName, nameIn } from './group-name.js'

export const updateGroupName = endpoint({
  method: 'POST',
  path: '/update-group-name',
  tag: 'group',
  summary: 'Changes the name of a group.',
  description: 'Where only admins change it, the number has to be one.',
  keepBlanks: true,
  body: { groupId, groupName },
  example: { groupId: groupExample, groupName: 'Condomínio' },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { groups }) => {
    await groups.groupsOf(instance.id).rename(groupOf(body.groupId), nameIn(body.groupName))
    return { value: true }
  },
})

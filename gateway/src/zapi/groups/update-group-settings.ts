import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf } from './group-attributes.js'

const setting = (description: string) => Type.Optional(Type.Boolean({ description }))

export const updateGroupSettings = endpoint({
  method: 'POST',
  path: '/update-group-settings',
  tag: 'group',
  summary: 'Changes what only admins may do in a group.',
  description:
    'What is not given keeps as it is. The number has to be an admin. They are set one after the other: after an error the first ones may hold.',
  body: {
    phone: Type.Optional(groupId),
    // As in Z-API's own collection of examples.
    groupId: Type.Optional(Type.Unknown({ description: 'The same as phone.' })),
    adminOnlyMessage: setting('Whether only admins send messages.'),
    adminOnlySettings: setting('Whether only admins change name, description and picture.'),
    requireAdminApproval: setting('Whether an admin has to agree before a person joins.'),
    adminOnlyAddMember: setting('Whether only admins add members.'),
  },
  example: { phone: groupExample, adminOnlyMessage: true },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { groups }) => {
    const group = groupOf(body.phone ?? body.groupId, 'phone')
    const { adminOnlyMessage, adminOnlySettings, requireAdminApproval, adminOnlyAddMember } = body
    await groups.groupsOf(instance.id).setSettings(group, {
      ...(adminOnlyMessage === undefined ? {} : { adminsWrite: adminOnlyMessage }),
      ...(adminOnlySettings === undefined ? {} : { adminsEdit: adminOnlySettings }),
      ...(requireAdminApproval === undefined ? {} : { adminsApprove: requireAdminApproval }),
      ...(adminOnlyAddMember === undefined ? {} : { adminsAdd: adminOnlyAddMember }),
    })
    return { value: true }
  },
})

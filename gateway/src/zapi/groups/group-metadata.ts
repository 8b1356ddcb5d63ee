import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupAnswer, invitationKeys, metadataAnswer } from './group-answer.js'
import { groupInPath, groupOf } from './group-attributes.js'

export const groupMetadata = endpoint({
  method: 'GET',
  path: '/group-metadata/:phone',
  tag: 'group',
  summary: 'Tells about a group and its members.',
  description: 'It asks WhatsApp each time, twice: leave the link out with light-group-metadata.',
  params: { phone: groupInPath },
  answer: groupAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, modules) => {
    const group = groupOf(params.phone, 'phone')
    const groups = modules.groups.groupsOf(instance.id)
    const found = await groups.find(group)
    return metadataAnswer(found, await invitationKeys(groups.invitation(group)))
  },
})

import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupAnswer, metadataAnswer } from './group-answer.js'
import { groupNow, memberNames } from './known-groups.js'
import { groupInPath, groupOf } from './group-attributes.js'

export const lightGroupMetadata = endpoint({
  method: 'GET',
  path: '/light-group-metadata/:phone',
  tag: 'group',
  summary: 'Tells about a group and its members, without the invitation link.',
  description:
    'It asks WhatsApp each time. Without a connection it answers what WhatsApp told last.',
  params: { phone: groupInPath },
  answer: groupAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, modules) => {
    const group = groupOf(params.phone, 'phone')
    const { info } = await groupNow(instance.id, group, modules)
    const names = await memberNames(instance.id, info, modules)
    return metadataAnswer(info, { invitationLink: null }, names)
  },
})

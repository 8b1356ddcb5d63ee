import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupAnswer, invitationKeys, metadataAnswer } from './group-answer.js'
import { groupNow, memberNames } from './known-groups.js'
import { groupInPath, groupOf } from './group-attributes.js'

export const groupMetadata = endpoint({
  method: 'GET',
  path: '/group-metadata/:phone',
  tag: 'group',
  summary: 'Tells about a group and its members.',
  description:
    'It asks WhatsApp each time, twice: leave the link out with light-group-metadata. Without a connection it answers what WhatsApp told last, without the link.',
  params: { phone: groupInPath },
  answer: groupAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, modules) => {
    const group = groupOf(params.phone, 'phone')
    const { info, isNow } = await groupNow(instance.id, group, modules)
    const names = await memberNames(instance.id, info, modules)
    const link = isNow
      ? await invitationKeys(modules.groups.groupsOf(instance.id).invitation(group))
      : { invitationLink: null }
    return metadataAnswer(info, link, names)
  },
})

import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { invitationKeys } from './group-answer.js'
import { inviteRefused } from './invite.js'
import {
  autoInvite,
  changeMembers,
  memberBody,
  memberExample,
  membersIn,
  refuseIncomplete,
} from './member-call.js'

export const addParticipant = endpoint({
  method: 'POST',
  path: '/add-participant',
  tag: 'group',
  summary: 'Adds people to a group.',
  description:
    'If WhatsApp refuses some of them and they are not invited either, 400 says which, and the others are added.',
  takes: 'list',
  body: { ...memberBody, autoInvite },
  example: { ...memberExample, autoInvite: true },
  audit: 'group-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, modules) => {
    const named = membersIn(body)
    const groups = modules.groups.groupsOf(instance.id)
    const outcomes = await changeMembers(instance.id, named, 'add', modules)
    const link = async () =>
      (await invitationKeys(groups.invitation(named.group))).invitationLink ?? undefined
    refuseIncomplete(
      body.autoInvite === true
        ? await inviteRefused(instance.id, outcomes, link, modules)
        : outcomes,
    )
    return { value: true }
  },
})

/** What the calls share that change the members of a group. */

import { Type } from 'typebox'
import type { Recipient } from '../../domain/chat.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import type { MemberChange, MemberOutcome } from '../../domain/group.js'
import { value } from '../answer-schemas.js'
import { type Endpoint, endpoint } from '../endpoint.js'
import { communityOf } from '../communities/community-attributes.js'
import type { Modules } from '../modules.js'
import type { InstanceId } from '../../domain/instance.js'
import { noAnswer, notConnected } from '../refusals.js'
import { groupExample, groupId, groupOf, peopleIn, phones } from './group-attributes.js'

export const memberBody = {
  groupId: Type.Optional(groupId),
  communityId: Type.Optional(
    Type.Unknown({
      description: 'A community in place of a group, as GET /communities tells its id.',
    }),
  ),
  phones,
}
export const memberExample = { groupId: groupExample, phones: ['5511999999999'] }
export const autoInvite = Type.Optional(
  Type.Boolean({
    description: 'Whether those who may not be added get the invitation link in a private message.',
  }),
)

/** Describes a call that does the same to each of the people, and succeeds if all of it was done. */
export function memberCall(definition: {
  readonly path: string
  readonly change: MemberChange
  readonly summary: string
  readonly description: string
}): Endpoint {
  const { change, ...described } = definition
  return endpoint({
    ...described,
    method: 'POST',
    tag: 'group',
    takes: 'list',
    body: memberBody,
    example: memberExample,
    audit: 'group-changed',
    answer: value,
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, { body }, modules) => {
      refuseIncomplete(await changeMembers(instance.id, membersIn(body), change, modules))
      return { value: true }
    },
  })
}

export interface NamedMembers {
  readonly group: string
  /** `group` is the id of a community. */
  readonly isCommunity: boolean
  readonly people: readonly Recipient[]
}

/** Throws `InvalidRequestError`. */
export function membersIn(body: {
  readonly groupId?: unknown
  readonly communityId?: unknown
  readonly phones: readonly unknown[]
}): NamedMembers {
  const isCommunity = body.groupId === undefined && body.communityId !== undefined
  const group = isCommunity ? communityOf(body.communityId) : groupOf(body.groupId)
  return { group, isCommunity, people: peopleIn(body.phones) }
}

/** Requests to join are those of the parent group in a community. */
export async function changeMembers(
  instanceId: InstanceId,
  { group, isCommunity, people }: NamedMembers,
  change: MemberChange,
  { groups, communities }: Pick<Modules, 'groups' | 'communities'>,
): Promise<readonly MemberOutcome[]> {
  return isCommunity && change !== 'approve' && change !== 'reject'
    ? communities.communitiesOf(instanceId).changeMembers(group, change, people)
    : groups.groupsOf(instanceId).changeMembers(group, change, people)
}

const causes = new Map<MemberOutcome['refusal'], string>([
  [401, 'this number is no admin'],
  [403, 'the privacy settings of the person do not allow it'],
  [404, 'not on WhatsApp, not in the group, or no such request'],
  [408, 'left the group a short time ago'],
  [409, 'it is so already'],
  [419, 'the group is full'],
  ['unanswered', 'WhatsApp said nothing of the person'],
])

/** Names each of them by its place. Throws `WhatsappRefusedError` unless everything was done. */
export function refuseIncomplete(outcomes: readonly MemberOutcome[]): void {
  const refused = outcomes.flatMap(({ refusal }, index) =>
    isMissing(refusal)
      ? [`phones[${index}] (${refusal}: ${causes.get(refusal) ?? 'refused'})`]
      : [],
  )
  if (refused.length === 0) return
  const more = refused.length > mostNamed ? ` and ${refused.length - mostNamed} more` : ''
  const named = refused.slice(0, mostNamed).join(', ')
  const rest =
    refused.length === outcomes.length ? 'Nothing was changed' : 'The others were changed'
  throw new WhatsappRefusedError(`WhatsApp refused it for ${named}${more}. ${rest}.`)
}

const mostNamed = 20

/** What is so already is done: asking again gets the same answer as the first time. */
export function isMissing(refusal: MemberOutcome['refusal']): boolean {
  return refusal !== undefined && refusal !== 409
}

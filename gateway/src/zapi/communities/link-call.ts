/** What linking and unlinking of groups share. */

import { Type } from 'typebox'
import type { LinkOutcome } from '../../domain/community.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { success } from '../answer-schemas.js'
import { type Endpoint, endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import {
  communityExample,
  communityId,
  communityOf,
  groupsIn,
  groupsPhones,
} from './community-attributes.js'

/** Describes a call that does the same to each of the groups, and succeeds if all of it was done. */
export function linkCall(definition: {
  readonly path: string
  readonly change: 'link' | 'unlink'
  readonly summary: string
  readonly description: string
}): Endpoint {
  const { change, ...described } = definition
  return endpoint({
    ...described,
    method: 'POST',
    tag: 'communities',
    body: { communityId: Type.Optional(communityId), groupsPhones },
    example: { communityId: communityExample, groupsPhones: ['120363019502650977-group'] },
    audit: 'group-changed',
    answer: success,
    refusals: { ...notConnected, ...noAnswer },
    handle: async ({ instance }, { body }, { communities }) => {
      const id = communityOf(body.communityId)
      const groups = groupsIn(body.groupsPhones)
      refuseIncomplete(await communities.communitiesOf(instance.id)[change](id, groups))
      return { success: true }
    },
  })
}

const causes = new Map<number | undefined, string>([
  [401, 'this number is no admin of the community or of the group'],
  [403, 'this number may not do that'],
  [404, 'there is no such group, or it is not in the community'],
  [406, 'the group cannot be in a community'],
])

/** Names each of them by its place. Throws `WhatsappRefusedError` unless everything was done. */
function refuseIncomplete(outcomes: readonly LinkOutcome[]): void {
  const refused = outcomes.flatMap(({ refusal }, index) =>
    // What is so already is done.
    refusal === undefined || refusal === 409
      ? []
      : [`groupsPhones[${index}] (${refusal}: ${causes.get(refusal) ?? 'refused'})`],
  )
  if (refused.length === 0) return
  const rest =
    refused.length === outcomes.length ? 'Nothing was changed' : 'The others were changed'
  throw new WhatsappRefusedError(`WhatsApp refused it for ${refused.join(', ')}. ${rest}.`)
}

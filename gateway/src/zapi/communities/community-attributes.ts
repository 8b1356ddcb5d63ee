/** What the calls about communities read: which community, which groups. */

import { Type } from 'typebox'
import { groupOf } from '../groups/group-attributes.js'
import { InvalidRequestError } from '../error-replies.js'

export const communityExample = '120363186053925765'
/** WhatsApp links no more. */
const mostGroups = 50

const description = 'The id of the community, as GET /communities tells it.'

export const communityId = Type.Unknown({ description, examples: [communityExample] })

/** In a path. */
export const communityInPath = Type.String({ description, examples: [communityExample] })

export const groupsPhones = Type.Array(Type.Unknown(), {
  minItems: 1,
  maxItems: mostGroups,
  description: 'The ids of the groups, such as 120363019502650977-group.',
})

/** Digits, also with `-group` or `@g.us`. Throws `InvalidRequestError`. */
export function communityOf(given: unknown): string {
  if (given === undefined) throw new InvalidRequestError('communityId is required')
  const text = typeof given === 'string' ? given.trim() : ''
  const id = /^(\d{15,25})(?:-group|@g\.us)?$/u.exec(text)?.[1]
  if (id !== undefined) return id
  throw new InvalidRequestError(
    `communityId is no community. Give its id as GET /communities tells it, such as ${communityExample}.`,
  )
}

/** Throws `InvalidRequestError`. */
export function groupsIn(given: readonly unknown[]): readonly string[] {
  return given.map((group, index) => groupOf(group, `groupsPhones[${index}]`))
}

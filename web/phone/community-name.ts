/** How a group says which community it belongs to. */

import type { ContactView } from '../../simulator/src/control-answers.js'
import type { Words } from './words.js'

/** Empty for a group of no community, and for a person. */
export function communityOf(
  { community, isAnnouncement }: Pick<ContactView, 'community' | 'isAnnouncement'>,
  words: Words,
): readonly string[] {
  if (community === undefined) return []
  return [isAnnouncement ? words.announcementsOf(community) : words.groupOf(community)]
}

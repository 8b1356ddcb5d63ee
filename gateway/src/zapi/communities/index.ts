/** Communities: what they are, which groups they link, and what their admins change. */

import { communityMetadata } from './community-metadata.js'
import { communitySettings } from './community-settings.js'
import { createCommunity } from './create-community.js'
import { deactivateCommunity } from './deactivate-community.js'
import { linkGroups } from './link-groups.js'
import { listCommunities } from './list-communities.js'
import { unlinkGroups } from './unlink-groups.js'
import { updateCommunityDescription } from './update-community-description.js'
import { updateCommunityPhoto } from './update-community-photo.js'

// Members and admins are changed by the calls of groups, with communityId in place of groupId.
export const communityEndpoints = [
  listCommunities,
  createCommunity,
  communityMetadata,
  linkGroups,
  unlinkGroups,
  communitySettings,
  updateCommunityDescription,
  updateCommunityPhoto,
  deactivateCommunity,
]

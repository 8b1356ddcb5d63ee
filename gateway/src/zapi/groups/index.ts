/** Groups: what they are, who is in them, and what their admins change. */

import { acceptInviteGroup } from './accept-invite-group.js'
import { addAdmin } from './add-admin.js'
import { addParticipant } from './add-participant.js'
import { approveParticipant } from './approve-participant.js'
import { createGroup } from './create-group.js'
import { groupInvitationLink } from './group-invitation-link.js'
import { groupInvitationMetadata } from './group-invitation-metadata.js'
import { groupMetadata } from './group-metadata.js'
import { leaveGroup } from './leave-group.js'
import { lightGroupMetadata } from './light-group-metadata.js'
import { listGroups } from './list-groups.js'
import { redefineInvitationLink } from './redefine-invitation-link.js'
import { rejectParticipant } from './reject-participant.js'
import { removeAdmin } from './remove-admin.js'
import { removeParticipant } from './remove-participant.js'
import { updateGroupDescription } from './update-group-description.js'
import { updateGroupName } from './update-group-name.js'
import { updateGroupPhoto } from './update-group-photo.js'
import { updateGroupSettings } from './update-group-settings.js'

export const groupEndpoints = [
  listGroups,
  createGroup,
  groupMetadata,
  lightGroupMetadata,
  groupInvitationMetadata,
  groupInvitationLink,
  redefineInvitationLink,
  acceptInviteGroup,
  addParticipant,
  removeParticipant,
  addAdmin,
  removeAdmin,
  approveParticipant,
  rejectParticipant,
  leaveGroup,
  updateGroupName,
  updateGroupDescription,
  updateGroupPhoto,
  updateGroupSettings,
]

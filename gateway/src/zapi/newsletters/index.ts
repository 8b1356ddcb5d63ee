/** Channels: what they are, who follows them, and what their owner changes. */

import { acceptAdminInvite } from './accept-admin-invite.js'
import { createNewsletter } from './create-newsletter.js'
import { deleteNewsletter } from './delete-newsletter.js'
import { followNewsletter } from './follow-newsletter.js'
import { listNewsletters } from './list-newsletters.js'
import { muteNewsletter } from './mute-newsletter.js'
import { newsletterMetadata } from './newsletter-metadata.js'
import { newsletterSettings } from './newsletter-settings.js'
import { removeNewsletterAdmin } from './remove-newsletter-admin.js'
import { revokeAdminInvite } from './revoke-admin-invite.js'
import { searchNewsletter } from './search-newsletter.js'
import { transferOwnership } from './transfer-ownership.js'
import { unfollowNewsletter } from './unfollow-newsletter.js'
import { unmuteNewsletter } from './unmute-newsletter.js'
import { updateNewsletterDescription } from './update-newsletter-description.js'
import { updateNewsletterName } from './update-newsletter-name.js'
import { updateNewsletterPicture } from './update-newsletter-picture.js'

export const newsletterEndpoints = [
  listNewsletters,
  newsletterMetadata,
  searchNewsletter,
  createNewsletter,
  updateNewsletterName,
  updateNewsletterDescription,
  updateNewsletterPicture,
  newsletterSettings,
  deleteNewsletter,
  followNewsletter,
  unfollowNewsletter,
  muteNewsletter,
  unmuteNewsletter,
  acceptAdminInvite,
  revokeAdminInvite,
  removeNewsletterAdmin,
  transferOwnership,
]

import { adminCall } from './newsletter-call.js'

export const revokeAdminInvite = adminCall({
  path: '/newsletter/revoke-admin-invite/:newsletterId',
  act: 'revokeInvitation',
  summary: 'Takes back the invitation of a person to be an admin of a channel.',
  description: 'The number has to be the owner of the channel.',
})

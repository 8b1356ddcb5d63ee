import { adminCall } from './newsletter-call.js'

export const removeNewsletterAdmin = adminCall({
  path: '/newsletter/remove-admin/:newsletterId',
  act: 'removeAdmin',
  summary: 'Makes an admin of a channel an ordinary follower.',
  description: 'The number has to be the owner of the channel.',
})

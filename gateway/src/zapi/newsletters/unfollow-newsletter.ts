import { newsletterCall } from './newsletter-call.js'

export const unfollowNewsletter = newsletterCall({
  method: 'PUT',
  path: '/unfollow-newsletter',
  summary: 'Stops following a channel.',
  description: 'The owner of a channel cannot: transfer or delete it.',
  act: (newsletters, newsletter) => newsletters.unfollow(newsletter),
})

import { newsletterCall } from './newsletter-call.js'

export const followNewsletter = newsletterCall({
  method: 'PUT',
  path: '/follow-newsletter',
  summary: 'Follows a channel.',
  description:
    'What the channel says arrives as callbacks from then on. A number that follows it already goes on.',
  act: (newsletters, newsletter) => newsletters.follow(newsletter),
})

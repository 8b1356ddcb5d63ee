import { newsletterCall } from './newsletter-call.js'

export const unmuteNewsletter = newsletterCall({
  method: 'PUT',
  path: '/unmute-newsletter',
  summary: 'Ends the muting of a channel.',
  description: 'The number has to follow it.',
  act: (newsletters, newsletter) => newsletters.setMuted(newsletter, false),
})

import { newsletterCall } from './newsletter-call.js'

export const muteNewsletter = newsletterCall({
  method: 'PUT',
  path: '/mute-newsletter',
  summary: 'Mutes a channel.',
  description: 'The phone is silent about it from then on. The number has to follow it.',
  act: (newsletters, newsletter) => newsletters.setMuted(newsletter, true),
})

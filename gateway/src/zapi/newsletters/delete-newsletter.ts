import { newsletterCall } from './newsletter-call.js'

export const deleteNewsletter = newsletterCall({
  method: 'DELETE',
  path: '/delete-newsletter',
  summary: 'Deletes a channel for good.',
  description: 'Its followers lose it. The number has to be its owner.',
  act: (newsletters, newsletter) => newsletters.delete(newsletter),
})

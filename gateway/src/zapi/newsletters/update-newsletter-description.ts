import { Type } from 'typebox'
import { longestDescription } from './newsletter-attributes.js'
import { newsletterCall } from './newsletter-call.js'

export const updateNewsletterDescription = newsletterCall({
  method: 'POST',
  path: '/update-newsletter-description',
  summary: 'Changes the description of a channel.',
  description: 'The number has to be its owner or an admin.',
  status: 201,
  keepBlanks: true,
  body: {
    description: Type.String({
      maxLength: longestDescription,
      description: 'The new text; empty to take it away.',
    }),
  },
  example: { description: 'Avisos do prédio' },
  act: (newsletters, newsletter, { description }) =>
    newsletters.change(newsletter, { description }),
})

import { nameIn } from '../groups/group-name.js'
import { name } from './newsletter-attributes.js'
import { newsletterCall } from './newsletter-call.js'

export const updateNewsletterName = newsletterCall({
  method: 'POST',
  path: '/update-newsletter-name',
  summary: 'Changes the name of a channel.',
  description: 'The number has to be its owner or an admin.',
  status: 201,
  body: { name },
  example: { name: 'Condomínio' },
  act: (newsletters, newsletter, body) =>
    newsletters.change(newsletter, { name: nameIn(body.name, 'name') }),
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterInPath, newsletterOf } from './newsletter-attributes.js'

export const acceptAdminInvite = endpoint({
  method: 'POST',
  path: '/newsletter/accept-admin-invite/:newsletterId',
  tag: 'newsletter',
  summary: 'Accepts the invitation of this number to be an admin of a channel.',
  description:
    'The terms of channels have to be accepted once in the WhatsApp app. An invitation ends after some days.',
  params: { newsletterId: newsletterInPath },
  audit: 'newsletter-changed',
  status: 201,
  answer: Type.Null({ description: 'The number is an admin.' }),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { newsletters }) => {
    const newsletter = newsletterOf(params.newsletterId, 'newsletterId')
    await newsletters.newslettersOf(instance.id).acceptInvitation(newsletter)
  },
})

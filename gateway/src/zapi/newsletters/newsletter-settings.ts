import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterInPath, newsletterOf } from './newsletter-attributes.js'

export const newsletterSettings = endpoint({
  method: 'POST',
  path: '/newsletter/settings/:newsletterId',
  tag: 'newsletter',
  summary: 'Changes which reactions the followers of a channel may choose.',
  description: 'The number has to be its owner or an admin.',
  params: { newsletterId: newsletterInPath },
  body: {
    reactionCodes: Type.Unsafe<'basic' | 'all'>({
      type: 'string',
      enum: ['basic', 'all'],
      description: '`basic`: the usual six alone. `all`: every emoji.',
    }),
  },
  example: { reactionCodes: 'basic' },
  audit: 'newsletter-changed',
  status: 201,
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params, body }, { newsletters }) => {
    const newsletter = newsletterOf(params.newsletterId, 'newsletterId')
    const reactions = body.reactionCodes
    await newsletters.newslettersOf(instance.id).change(newsletter, { reactions })
    return { value: true }
  },
})

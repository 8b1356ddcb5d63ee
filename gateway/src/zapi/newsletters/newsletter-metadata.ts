import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterAnswer, newsletterAnswerExample, newsletterShape } from './newsletter-answer.js'
import { newsletterInPath, newsletterOf } from './newsletter-attributes.js'

export const newsletterMetadata = endpoint({
  method: 'GET',
  path: '/newsletter/metadata/:newsletterId',
  tag: 'newsletter',
  summary: 'Tells about a channel.',
  description: 'It asks WhatsApp each time. The number need not follow the channel.',
  params: { newsletterId: newsletterInPath },
  answer: Type.Object(newsletterShape, {
    description: 'What WhatsApp tells now.',
    examples: [newsletterAnswerExample],
  }),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params }, { newsletters }) => {
    const newsletter = newsletterOf(params.newsletterId, 'newsletterId')
    return newsletterAnswer(await newsletters.newslettersOf(instance.id).find(newsletter))
  },
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterAnswer, newsletterAnswerExample, newsletterShape } from './newsletter-answer.js'

export const listNewsletters = endpoint({
  method: 'GET',
  path: '/newsletter',
  tag: 'newsletter',
  summary: 'Lists the channels that the number follows or runs.',
  description: 'It asks WhatsApp each time.',
  answer: Type.Array(Type.Object(newsletterShape), {
    description: 'All of them, as WhatsApp orders them.',
    examples: [[newsletterAnswerExample]],
  }),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, _input, { newsletters }) =>
    (await newsletters.newslettersOf(instance.id).list()).map(newsletterAnswer),
})

import { Type } from 'typebox'
import type { NewsletterView } from '../../domain/newsletter.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterAnswer, newsletterAnswerExample, newsletterShape } from './newsletter-answer.js'

const mostFound = 100
const mostCountries = 250

export const searchNewsletter = endpoint({
  method: 'POST',
  path: '/search-newsletter',
  tag: 'newsletter',
  summary: 'Searches the channels of WhatsApp.',
  description:
    'By text, or by view and countries. WhatsApp does not search by both: with searchText, view and filters are not applied.',
  body: {
    limit: Type.Unknown({ description: 'How many channels to give, 1 to 100.', examples: [50] }),
    filters: Type.Object(
      {
        countryCodes: Type.Optional(
          Type.Array(Type.String({ pattern: '^[A-Za-z]{2}$' }), {
            maxItems: mostCountries,
            description: 'Countries by their two letters: BR.',
          }),
        ),
      },
      { description: 'Which of the view.' },
    ),
    view: Type.Optional(
      Type.Unsafe<NewsletterView>({
        type: 'string',
        enum: ['RECOMMENDED', 'TRENDING', 'POPULAR', 'NEW'],
        description: 'Which list. RECOMMENDED if it is not given.',
      }),
    ),
    searchText: Type.Optional(
      Type.String({ maxLength: 200, description: 'A part of name or description.' }),
    ),
  },
  example: { limit: 50, view: 'TRENDING', filters: { countryCodes: ['BR'] } },
  audit: { none: 'it only reads' },
  answer: Type.Array(Type.Object(newsletterShape), {
    description: 'What WhatsApp finds.',
    examples: [[newsletterAnswerExample]],
  }),
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { body }, { newsletters }) => {
    const limit = limitIn(body.limit)
    const text = body.searchText?.trim() ?? ''
    const { view = 'RECOMMENDED' } = body
    const countryCodes = (body.filters.countryCodes ?? []).map((code) => code.toUpperCase())
    const wish = text === '' ? { view, countryCodes } : { text }
    const found = await newsletters.newslettersOf(instance.id).search(wish, limit)
    return found.map(newsletterAnswer)
  },
})

/** Z-API's own example has it as a text. */
function limitIn(given: unknown): number {
  const limit = typeof given === 'string' ? Number(given) : given
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= mostFound)
    return limit
  throw new InvalidRequestError(`limit must be a whole number, 1 to ${mostFound}`)
}

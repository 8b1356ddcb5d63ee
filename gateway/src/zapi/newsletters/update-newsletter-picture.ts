import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterExample, newsletterId, newsletterOf } from './newsletter-attributes.js'

export const updateNewsletterPicture = endpoint({
  method: 'POST',
  path: '/update-newsletter-picture',
  tag: 'newsletter',
  summary: 'Changes the picture of a channel.',
  description:
    'Any image; its middle becomes a square. The number has to be its owner or an admin.',
  takes: 'file',
  body: {
    id: newsletterId,
    pictureUrl: Type.String({ minLength: 1, description: 'A URL, or base64, at most 5 MB.' }),
  },
  example: {
    id: newsletterExample,
    pictureUrl:
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  },
  audit: 'newsletter-changed',
  status: 201,
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance, gone }, { body }, { newsletters, pictures, isAllowedAddress }) => {
    const newsletter = newsletterOf(body.id)
    const source = imageSourceOf(body.pictureUrl, isAllowedAddress, 'pictureUrl')
    // Without a connection nothing is downloaded.
    newsletters.newslettersOf(instance.id)
    const picture = await pictures.prepareProfilePicture(source, gone)
    await newsletters.newslettersOf(instance.id).change(newsletter, { picture })
    return { value: true }
  },
})

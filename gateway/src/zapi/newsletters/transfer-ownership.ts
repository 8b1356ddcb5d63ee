import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { noAnswer, notConnected } from '../refusals.js'
import { newsletterInPath, newsletterOf, personOf, phone } from './newsletter-attributes.js'

export const transferOwnership = endpoint({
  method: 'POST',
  path: '/newsletter/transfer-ownership/:newsletterId',
  tag: 'newsletter',
  summary: 'Gives a channel to another person.',
  description:
    'The person has to be an admin of it, and this number its owner. It is an admin afterwards, unless it quits.',
  params: { newsletterId: newsletterInPath },
  body: {
    phone,
    quitAdmin: Type.Optional(
      Type.Boolean({ description: 'true: this number is no admin afterwards.' }),
    ),
  },
  example: { phone: '5511999999999', quitAdmin: true },
  audit: 'newsletter-changed',
  answer: value,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { params, body }, { newsletters }) => {
    const newsletter = newsletterOf(params.newsletterId, 'newsletterId')
    const person = personOf(body.phone)
    const quits = body.quitAdmin === true
    await newsletters.newslettersOf(instance.id).transfer(newsletter, person, quits)
    return { value: true }
  },
})

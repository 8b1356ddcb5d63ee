import { Type } from 'typebox'
import { WhatsappRefusedError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { profile, profileAnswer } from './profile-answer.js'

export const businessProfile = endpoint({
  method: 'GET',
  path: '/business/profile',
  tag: 'business',
  summary: 'Tells what a business shows of itself on WhatsApp.',
  description: 'Of any business, the own one too. It asks WhatsApp each time.',
  query: {
    phone: Type.String({
      maxLength: 32,
      description: 'The number of the business, with its country.',
      examples: ['5511999999999'],
    }),
  },
  answer: profile,
  refusals: { ...notConnected, ...noAnswer },
  handle: async ({ instance }, { query }, { business }) => {
    const found = await business.businessOf(instance.id).profileOf(digitsOf(query.phone))
    if (found === undefined)
      throw new WhatsappRefusedError('phone has no business profile on WhatsApp.')
    return profileAnswer(found)
  },
})

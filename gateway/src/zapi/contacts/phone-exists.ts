import { Type } from 'typebox'
import { WhatsappSilentError } from '../../domain/errors.js'
import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { noAnswer, notConnected } from '../refusals.js'
import { lookUp, phoneExistsAnswer } from './phone-lookup.js'

export const phoneExists = endpoint({
  method: 'GET',
  path: '/phone-exists/:phone',
  tag: 'contacts',
  summary: 'Tells whether a number is on WhatsApp.',
  description:
    'Brazilian, Mexican and Argentinian mobile numbers are found with and without their mobile digit.',
  params: {
    phone: Type.String({
      description: 'The number, with its country.',
      examples: ['5511999999999'],
    }),
  },
  answer: phoneExistsAnswer,
  refusals: { ...notConnected, ...noAnswer },
  handle: async (caller, { params }, modules) => {
    const [answer] = await lookUp(caller, [digitsOf(params.phone)], modules)
    if (answer?.error !== undefined) throw new WhatsappSilentError(answer.error)
    return answer
  },
})

import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { digitsOf } from '../from-zapi.js'
import { pairingRefusals, valueOr } from './value-or.js'

export const phoneCode = endpoint({
  method: 'GET',
  path: '/phone-code/:phone',
  access: 'pairing',
  tag: 'instance',
  summary: 'Gives a code that links a phone without a QR.',
  description: 'It is entered on the phone: Linked devices, Link with phone number instead.',
  params: {
    phone: Type.String({
      description: 'The number to link, with its country.',
      examples: ['5511999999999'],
    }),
  },
  audit: 'pairing-code-made',
  answer: valueOr('Eight characters to enter on the phone.', 'A1B2C3D4'),
  refusals: pairingRefusals,
  handle: async ({ instance }, { params: { phone } }, { sessions }) => ({
    value: await sessions.pairingCode(instance.id, digitsOf(phone)),
  }),
})

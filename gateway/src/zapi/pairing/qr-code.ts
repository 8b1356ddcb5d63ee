import { endpoint } from '../endpoint.js'
import { pairingRefusals, valueOr } from './value-or.js'

export const qrCode = endpoint({
  method: 'GET',
  path: '/qr-code',
  access: 'pairing',
  tag: 'instance',
  summary: 'Gives the text of the QR that links a phone.',
  description: 'Starts pairing if need be. The text changes about every 20 seconds.',
  answer: valueOr(
    'The text to draw as a QR. It holds for about 20 seconds: ask again.',
    '2@Xb1…,q4k…,0aB…',
  ),
  refusals: pairingRefusals,
  handle: async ({ instance }, _input, { sessions }) => ({
    value: await sessions.qr(instance.id),
  }),
})

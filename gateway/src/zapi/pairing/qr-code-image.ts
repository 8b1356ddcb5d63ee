import { toDataURL } from 'qrcode'
import { endpoint } from '../endpoint.js'
import { pairingRefusals, valueOr } from './value-or.js'

export const qrCodeImage = endpoint({
  method: 'GET',
  path: '/qr-code/image',
  access: 'pairing',
  tag: 'instance',
  summary: 'Gives the QR that links a phone, as an image.',
  description: 'The same as qr-code, drawn as PNG in a data URI.',
  answer: valueOr('The QR as a data URI.', 'data:image/png;base64,iVBORw0KGgo…'),
  refusals: pairingRefusals,
  handle: async ({ instance }, _input, { sessions }) => ({
    value: await toDataURL(await sessions.qr(instance.id)),
  }),
})

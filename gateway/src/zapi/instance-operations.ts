/** What the API document says of an instance's pairing and of the partner's calls. */

import { operation } from '../http/operation.js'
import * as instance from './instance-answers.js'
import * as schema from './request-schemas.js'

const pairing = { 503: 'WhatsApp can not be reached, or gave no code in time. Try again.' }

export const qrCode = operation({
  tag: 'instance',
  summary: 'Gives the text of the QR that links a phone.',
  description: 'Starts pairing if need be. The text changes about every 20 seconds.',
  answer: instance.qrText,
  refusals: pairing,
})

export const qrCodeImage = operation({
  tag: 'instance',
  summary: 'Gives the QR that links a phone, as an image.',
  description: 'The same as qr-code, drawn as PNG in a data URI.',
  answer: instance.qrImage,
  refusals: pairing,
})

export const phoneCode = operation({
  tag: 'instance',
  summary: 'Gives a code that links a phone without a QR.',
  description: 'It is entered on the phone: Linked devices, Link with phone number instead.',
  params: schema.phoneParams,
  answer: instance.phoneCode,
  refusals: pairing,
})

export const status = operation({
  tag: 'instance',
  summary: 'Tells whether the instance is connected.',
  description:
    'What it was at this moment. ConnectedCallback and DisconnectedCallback tell changes.',
  answer: instance.status,
})

export const createInstance = operation({
  tag: 'partner',
  summary: 'Makes an instance.',
  description: 'It costs nothing and does not end: trials and subscriptions have no meaning here.',
  body: schema.createInstanceBody,
  answer: instance.createdInstance,
  refusals: { 409: 'Another instance has this id or this token.' },
})

export const listInstances = operation({
  tag: 'partner',
  summary: 'Lists the instances with their tokens and callback URLs.',
  description: 'In pages, the oldest first.',
  querystring: schema.listInstancesQuery,
  answer: instance.listedInstances,
})

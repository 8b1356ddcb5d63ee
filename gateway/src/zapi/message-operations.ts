/** What the API document says of the calls that send and ask what became of it. */

import { operation } from '../http/operation.js'
import * as answer from './answer-schemas.js'
import * as schema from './request-schemas.js'

/** Describes the header of that name. */
export const idempotencyKey =
  '**Ours.** 1 to 255 printable ASCII characters that name the request: sent again under the same key, it is accepted once.'

/** Of every call that puts a message in line. */
export const sendRefusals = {
  403: 'WhatsApp lets this number start no conversation at present. Retry-After says for how long.',
  409: 'The first request with this Idempotency-Key is still being worked on.',
  422: 'This Idempotency-Key was used for a request with other parameters.',
}

export const tooManyCodes =
  'This phone was sent too many codes. Retry-After says when the next may go.'

export const sendButtonOtp = operation({
  tag: 'message',
  summary: 'Sends a message with a button that copies a code.',
  description:
    'The answer means that the message is stored and in line, also for a number that is not on WhatsApp. A DeliveryCallback tells the end.',
  headers: { 'Idempotency-Key': idempotencyKey },
  body: schema.sendButtonOtpBody,
  answer: answer.sent,
  refusals: {
    ...sendRefusals,
    429: tooManyCodes,
  },
})

export const findMessage = operation({
  tag: 'message',
  summary: 'Tells where a message stands, its attempts and why it ended.',
  description: '**Ours**, for who asks instead of listening to callbacks.',
  params: schema.zaapIdParams,
  answer: answer.messageHistory,
})

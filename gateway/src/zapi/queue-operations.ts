/** What the API document says of the queue. */

import { operation } from '../http/operation.js'
import * as answer from './answer-schemas.js'
import * as queue from './queue-answers.js'
import * as schema from './request-schemas.js'

export const listFirst = operation({
  tag: 'queue',
  summary: 'Lists the first messages that wait.',
  description: 'Z-API calls it deprecated: POST has pages. Codes are masked.',
  querystring: schema.listQueueQuery,
  answer: queue.queueBeginning,
})

export const list = operation({
  tag: 'queue',
  summary: 'Lists what waits, page by page.',
  description: 'In the order in which it goes. Codes are masked. Without a body, the first page.',
  body: schema.listQueueBody,
  answer: queue.queuePage,
})

export const count = operation({
  tag: 'queue',
  summary: 'Tells how many messages wait.',
  description: 'Those that are on their way are none of them.',
  answer: queue.queueCount,
})

export const deleteAll = operation({
  tag: 'queue',
  summary: 'Deletes everything that waits.',
  description: 'What may be on its way is kept, and counted in the answer.',
  answer: queue.deletedAll,
})

export const deleteOne = operation({
  tag: 'queue',
  summary: 'Deletes one message that waits.',
  description: 'Whoever repeats the call hears 200 again.',
  params: schema.zaapIdParams,
  answer: queue.deletedOne,
  refusals: { 409: 'It is being sent, or was sent, or has ended. Nothing was changed.' },
})

export const updateSettings = operation({
  tag: 'queue',
  summary: 'Sets whether sends are kept while the instance is disconnected.',
  description: 'Otherwise they are refused with 400. At most 1,000 are kept.',
  body: schema.queueSettingsBody,
  answer: answer.success,
})

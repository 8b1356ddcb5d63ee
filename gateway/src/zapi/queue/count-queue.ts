import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

export const countQueue = endpoint({
  method: 'GET',
  path: '/queue/count',
  tag: 'queue',
  summary: 'Counts the waiting messages.',
  description: 'Messages that are being sent do not count.',
  answer: Type.Object(
    { count: Type.Integer({ description: 'How many messages wait.' }) },
    { description: 'The length of the queue.', examples: [{ count: 1 }] },
  ),
  handle: async ({ instance }, _input, { waiting }) => ({
    count: await waiting.count(instance.id),
  }),
})

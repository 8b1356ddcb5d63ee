import { endpoint } from '../endpoint.js'
import { emptyAnswer, withCalls } from './shapes.js'

export const updateSubscription = endpoint({
  method: 'PUT',
  path: '/integrator/subscription/update',
  aliases: ['/integrator/on-demand/subscription/update'],
  access: 'partner',
  tag: 'partner',
  summary: 'Changes nothing, because there is nothing to subscribe to.',
  description: 'Answers as Z-API does, so that its clients need not know the difference.',
  audit: { none: 'it changes nothing here' },
  keepBlanks: true,
  body: { withCalls },
  example: { withCalls: true },
  answer: emptyAnswer,
  status: 201,
  handle: async () => undefined,
})

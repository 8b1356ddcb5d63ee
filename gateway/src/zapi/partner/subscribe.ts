import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { emptyAnswer, withCalls } from './shapes.js'

export const subscribe = endpoint({
  method: 'POST',
  path: '/integrator/on-demand/subscription',
  access: 'partner',
  tag: 'partner',
  summary: 'Takes a cancelled instance back into use.',
  description:
    'Nothing is paid here. An instance in use stays as it is; a cancelled one can be called and paired again.',
  audit: 'by-the-module',
  keepBlanks: true,
  body: { withCalls: Type.Optional(withCalls) },
  example: { withCalls: true },
  answer: emptyAnswer,
  status: 201,
  handle: ({ instance, by }, _input, { life }) => life.resume(instance.id, by),
})

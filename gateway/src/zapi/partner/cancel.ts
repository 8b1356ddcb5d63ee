import { endpoint } from '../endpoint.js'
import { emptyAnswer } from './shapes.js'

export const cancel = endpoint({
  method: 'POST',
  path: '/integrator/on-demand/cancel',
  access: 'partner',
  tag: 'partner',
  summary: 'Takes an instance out of use.',
  description:
    'Its phone is unlinked, its waiting messages are cancelled (those of a pool go to its other members), and every call on it answers 400. It is deleted after 15 days unless it is subscribed again.',
  audit: 'by-the-module',
  answer: emptyAnswer,
  status: 201,
  handle: ({ instance, by }, _input, { life }) => life.cancel(instance.id, by),
})

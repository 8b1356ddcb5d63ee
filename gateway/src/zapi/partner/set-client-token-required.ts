import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { done } from './shapes.js'

export const setClientTokenRequired = endpoint({
  method: 'PUT',
  path: '/integrator/client-token-required',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Sets whether calls on an instance need the Client-Token.',
  description:
    '**Ours.** For programs that send none. With false the URL of the instance is all that a caller needs.',
  audit: 'settings-changed',
  body: {
    value: Type.Boolean({ description: 'true: calls without it are refused, as by default.' }),
  },
  example: { value: true },
  answer: done,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { clientTokenOptional: !body.value })
    return { value: true }
  },
})

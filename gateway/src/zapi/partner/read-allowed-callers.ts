import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { networks, networksExample } from './networks.js'

export const readAllowedCallers = endpoint({
  method: 'GET',
  path: '/integrator/allowed-callers',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Gives the addresses that may call on an instance.',
  description: '**Ours.** Empty: every caller that may call the gateway at all.',
  answer: Type.Object(networks, { examples: [networksExample] }),
  handle: async ({ instance }) => ({ networks: [...(instance.allowedCallers ?? [])] }),
})

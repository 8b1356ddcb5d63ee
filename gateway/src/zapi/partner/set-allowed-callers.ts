import { unreadableNetworks } from '../../runtime/caller-rule.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { networks, networksExample } from './networks.js'
import { done } from './shapes.js'

export const setAllowedCallers = endpoint({
  method: 'PUT',
  path: '/integrator/allowed-callers',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Sets the addresses that may call on an instance.',
  description:
    '**Ours.** Others get 403 before their body is read. Calls with the partner token are not under this list.',
  audit: 'by-the-module',
  keepBlanks: true,
  body: networks,
  example: networksExample,
  answer: done,
  handle: async ({ instance, by }, { body }, { access }) => {
    if (unreadableNetworks(body.networks).length > 0)
      throw new InvalidRequestError(
        'networks must hold networks such as 203.0.113.0/24 or addresses such as 203.0.113.7',
      )
    await access.setAllowedCallers(instance.id, body.networks, by)
    return { value: true }
  },
})

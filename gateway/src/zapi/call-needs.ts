/** What each call needs of an API key, of an agent's token, and of a person in the console: one rule for the three. */

import type { ApiScope, CallNeed } from '../domain/api-scope.js'
import type { Endpoint } from './endpoint.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a call of the dialect. */
    need?: CallNeed
  }
}

/** Their answers let a person into a group. `/light-group-metadata/:phone` is the second one without the link. */
const tellsInvitation: ReadonlySet<string | undefined> = new Set([
  '/group-invitation-link/:groupId',
  '/group-metadata/:phone',
])

export function needOf(call: Endpoint): CallNeed {
  const { access, method, paths, givesSecrets, audit, schema } = call
  if (givesSecrets) return 'owner'
  if (access === 'account' || access === 'partner') return audit === undefined ? 'read' : 'owner'
  // Callbacks carry the token of the instance.
  if (audit === 'callbacks-changed') return 'owner'
  if (tellsInvitation.has(paths[0])) return 'manage'
  // The other calls of access `pairing` link a number.
  if (access === 'pairing' && paths[0] !== '/status') return 'manage'
  if (audit === 'messages-cancelled' || paths[0] === '/otp/check') return 'send'
  if (audit === undefined) return method === 'GET' ? 'read' : 'manage'
  if (typeof audit !== 'object') return 'manage'
  if (audit.byPeople === 'message-submitted') return 'send'
  // It changes nothing, and is a POST only because of its body.
  const takesObject = Reflect.get(Object(schema.body), 'type') === 'object'
  return audit.byPeople === undefined && takesObject ? 'read' : 'manage'
}

/**
 * What an agent's token must allow; undefined where no agent may. Agents read, and send and cancel messages.
 * They change no setting, group or profile, link no number, and get nothing that opens anything.
 */
export function agentScopeOf(call: Endpoint): Exclude<ApiScope, 'manage'> | undefined {
  const { access, impossible, schema } = call
  if (access === 'account' || access === 'partner') return undefined
  if (impossible !== undefined || schema.hide === true) return undefined
  const need = needOf(call)
  return need === 'read' || need === 'send' ? need : undefined
}

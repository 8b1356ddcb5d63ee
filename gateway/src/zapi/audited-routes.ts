/** What the calls of tenants and partners leave in the audit log. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act, AuditEntry } from '../domain/audit.js'
import { type AuditOfRoute, auditRoutes } from '../http/audited-routes.js'
import { actorOf, roleOf } from './authenticate.js'

export interface AuditPort {
  record(entry: AuditEntry): Promise<void>
}

const place = '/instances/:instanceId/token/:token'

const reads = { none: 'it only reads' } as const
const message = { none: 'each message has its own history' } as const

/** Routes below `place` are named without it. */
export const audits: Readonly<Record<string, AuditOfRoute>> = {
  'GET /disconnect': 'instance-disconnected',
  'GET /restart': 'instance-restarted',
  'GET /restore-session': 'instance-restarted',
  'GET /extension-token': 'extension-token-made',
  'GET /phone-code/:phone': 'pairing-code-made',
  'GET /webhook-secret': 'webhook-secret-read',
  'GET /callbacks/:callbackId': codesRead,
  'POST /callbacks/replay': 'callbacks-replayed',
  'POST /callbacks/:callbackId/replay': 'callbacks-replayed',
  'PUT /update-name': 'instance-renamed',
  'PUT /profile-name': 'profile-changed',
  'PUT /profile-picture': 'profile-changed',
  'PUT /profile-description': 'profile-changed',
  'PUT /update-every-webhooks': 'callbacks-changed',
  'PUT /update-proxy-webhook': 'callbacks-changed',
  'PUT /update-filters': 'settings-changed',
  'PUT /update-notify-sent-by-me': 'settings-changed',
  'PUT /update-queue-settings': 'settings-changed',
  'PUT /update-call-reject-auto': 'settings-changed',
  'PUT /update-call-reject-message': 'settings-changed',
  'PUT /update-auto-read-message': 'settings-changed',
  'PUT /update-auto-read-status': 'settings-changed',
  'DELETE /queue': 'messages-cancelled',
  'DELETE /queue/:zaapId': 'messages-cancelled',
  'POST /queue': reads,
  'POST /phone-exists-batch': reads,
  'POST /otp/start': message,
  'POST /otp/check': { none: 'a person logs in to the application of the caller' },

  'POST /instances/integrator/on-demand': 'by-the-module',
  'POST /integrator/on-demand/subscription': 'by-the-module',
  'POST /integrator/on-demand/cancel': 'by-the-module',
  'DELETE /integrator/on-demand': 'by-the-module',
  'PUT /integrator/subscription/update': { none: 'it changes nothing here' },
  'PUT /integrator/on-demand/subscription/update': { none: 'it changes nothing here' },
  'POST /integrator/rotate-token': 'by-the-module',
  'POST /integrator/rotate-webhook-secret': 'by-the-module',
  'PUT /integrator/allowed-callers': 'by-the-module',
  'PUT /integrator/configure-proxy': 'by-the-module',
}

/** Call it before the routes are registered. */
export function auditCalls(app: FastifyInstance, audit: AuditPort): void {
  auditRoutes(app, {
    record: (entry) => audit.record(entry),
    entryOf: (request) => ({
      by: actorOf(request, roleOf(request)),
      instanceId: request.instance?.id,
      detail: request.routeOptions.url?.slice(place.length + 1),
    }),
    auditOf,
  })
}

function auditOf(route: string): AuditOfRoute | undefined {
  const action = route.replace(place, '')
  if (action.startsWith('PUT /update-webhook-')) return 'callbacks-changed'
  if (action.startsWith('POST /send-')) return message
  return audits[action]
}

/** Codes are shown to who asks for them by name; else they are masked. */
function codesRead({ query }: FastifyRequest): Act | undefined {
  const isAsked = typeof query === 'object' && query !== null && 'body' in query
  return isAsked && query.body === 'codes' ? 'codes-read' : undefined
}

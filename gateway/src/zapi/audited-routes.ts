/**
 * Which calls of tenants change who is told what, or cut the line: they are
 * written down before they are answered. What partners and the operator do is
 * written by the rooms, within the transaction of the act.
 */

import type { FastifyInstance } from 'fastify'
import type { Act, AuditEntry } from '../domain/audit.js'
import { actorOf } from './authenticate.js'

export interface AuditPort {
  record(entry: AuditEntry): Promise<void>
}

const place = '/instances/:instanceId/token/:token'

const acts: Readonly<Record<string, Act>> = {
  'GET /disconnect': 'instance-disconnected',
  'GET /webhook-secret': 'webhook-secret-read',
  'POST /callbacks/replay': 'callbacks-replayed',
  'POST /callbacks/:callbackId/replay': 'callbacks-replayed',
  'PUT /update-name': 'instance-renamed',
  'PUT /update-every-webhooks': 'callbacks-changed',
  'PUT /update-filters': 'settings-changed',
  'PUT /update-notify-sent-by-me': 'settings-changed',
  'PUT /update-queue-settings': 'settings-changed',
  'PUT /update-call-reject-auto': 'settings-changed',
  'PUT /update-call-reject-message': 'settings-changed',
  'PUT /update-auto-read-message': 'settings-changed',
  'PUT /update-auto-read-status': 'settings-changed',
}

/** Call it before the routes are registered. */
export function auditCalls(app: FastifyInstance, audit: AuditPort): void {
  app.addHook('onSend', async (request, reply) => {
    const act = actAt(`${request.method} ${request.routeOptions.url ?? ''}`)
    if (act === undefined || request.instance === undefined || reply.statusCode >= 300) return
    const detail = request.routeOptions.url?.slice(place.length + 1)
    const by = actorOf(request, 'caller')
    await audit.record({ act, by, instanceId: request.instance.id, detail })
  })
}

function actAt(route: string): Act | undefined {
  const action = route.replace(place, '')
  if (/^PUT \/update-(webhook-|proxy-webhook)/u.test(action)) return 'callbacks-changed'
  return acts[action]
}

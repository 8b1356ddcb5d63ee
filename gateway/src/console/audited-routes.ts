/** What the calls of the console leave in the audit log. */

import type { FastifyInstance } from 'fastify'
import type { AuditEntry } from '../domain/audit.js'
import { type AuditOfRoute, auditRoutes } from '../http/audited-routes.js'
import { actorOf } from './authenticate.js'

export const audits: Readonly<Record<string, AuditOfRoute>> = {
  'POST /set-up': 'by-the-module',
  'POST /log-in': 'by-the-module',
  'POST /log-out': 'by-the-module',
  'DELETE /sessions': 'by-the-module',
  'DELETE /sessions/:sessionId': 'by-the-module',
  'PUT /password': 'by-the-module',
  'PUT /second-factor': 'by-the-module',
  'POST /second-factor/drop': 'by-the-module',
  'POST /second-factor/offer': { none: 'it counts once it is enrolled' },

  'POST /invitation/look': { none: 'it changes nothing' },
  'POST /invitation/accept': 'by-the-module',
  'PUT /people/:personId/role': 'by-the-module',
  'DELETE /people/:personId': 'by-the-module',
  'POST /invitations': 'by-the-module',
  'DELETE /invitations/:invitationId': 'by-the-module',
  'POST /keys': 'by-the-module',
  'DELETE /keys/:keyId': 'by-the-module',

  'PUT /alerts/settings': 'alerts-changed',
  'POST /alerts/test': 'alerts-tested',
  'POST /alerts/secret': 'webhook-secret-read',

  'POST /instances': 'by-the-module',
  'PATCH /instances/:instanceId': 'by-the-module',
  'DELETE /instances/:instanceId': 'by-the-module',
  'POST /instances/:instanceId/cancel': 'by-the-module',
  'POST /instances/:instanceId/resume': 'by-the-module',
  'POST /instances/:instanceId/token': 'by-the-module',
  'POST /instances/:instanceId/first-call': 'first-call-read',
  'PUT /instances/:instanceId/proxy': 'by-the-module',
  'POST /instances/:instanceId/webhook-secret': 'webhook-secret-read',
  'POST /instances/:instanceId/webhook-secret/rotate': 'by-the-module',
  'PUT /instances/:instanceId/allowed-callers': 'by-the-module',
  'PUT /instances/:instanceId/endpoints': 'by-the-module',
  'POST /instances/:instanceId/endpoints/enable': 'by-the-module',
  'POST /instances/:instanceId/qr': { none: 'asked every few seconds; a phone has to scan it' },
  'POST /instances/:instanceId/pairing-code': 'pairing-code-made',
  'POST /instances/:instanceId/reconnect': 'instance-reconnected',
  'POST /instances/:instanceId/restart': 'instance-restarted',
  'POST /instances/:instanceId/passkey/link': 'passkey-link-made',
  'POST /instances/:instanceId/passkey/answer': 'passkey-answered',
  'POST /instances/:instanceId/passkey/code': 'passkey-code-compared',
  'POST /instances/:instanceId/passkey/restart': 'passkey-reset',
  'POST /instances/:instanceId/import': 'by-the-module',
  'POST /passkey-link/state': { none: 'it changes nothing' },
  'POST /passkey-link/answer': 'by-the-module',
  'POST /passkey-link/code': 'by-the-module',
  'POST /instances/:instanceId/disconnect': 'instance-disconnected',
  'DELETE /instances/:instanceId/queue': 'messages-cancelled',
  'DELETE /instances/:instanceId/queue/:messageId': 'messages-cancelled',
  'GET /messages.csv': 'messages-exported',
}

/** Call it before the routes are registered. */
export function auditCalls(
  app: FastifyInstance,
  audit: { record(entry: AuditEntry): Promise<void> },
): void {
  auditRoutes(app, {
    record: (entry) => audit.record(entry),
    entryOf: (request) => ({
      by: actorOf(request),
      instanceId: instanceIn(request.params),
      // Of a call that programs make, too.
      detail: request.routeOptions.url?.split('/call/')[1],
    }),
    auditOf: (route) => audits[route.replace('/console/api', '')],
  })
}

/** The handler has found it by now. */
function instanceIn(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null || !('instanceId' in params)) return undefined
  return String(params.instanceId)
}

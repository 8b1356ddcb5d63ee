/** What the calls of tenants and partners leave in the audit log. */

import type { FastifyInstance } from 'fastify'
import type { AuditEntry } from '../domain/audit.js'
import { auditRoutes } from '../http/audited-routes.js'
import { actorOf, callerOf } from './authenticate.js'

export interface AuditPort {
  record(entry: AuditEntry): Promise<void>
}

const place = '/instances/:instanceId/token/:token'

/** Call it before the routes are registered. */
export function auditCalls(app: FastifyInstance, audit: AuditPort): void {
  auditRoutes(app, {
    record: (entry) => audit.record(entry),
    entryOf: (request) => ({
      by: request.routeOptions.url?.includes('/integrator/')
        ? actorOf(request, 'partner')
        : callerOf(request),
      instanceId: request.instance?.id,
      detail: request.routeOptions.url?.slice(place.length + 1),
    }),
    // Each endpoint says it in its own file.
    auditOf: () => undefined,
  })
}

/**
 * What each call leaves in the audit log.
 *
 * A route that can change something does not register until it says so: in the
 * table of its plugin, or in `config.audit` where it is declared.
 */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act, AuditEntry } from '../domain/audit.js'

/** What is recorded of a route. */
export type AuditOfRoute =
  /** Before a success is answered. */
  | Act
  /** The same, but only for some of its calls. */
  | ((request: FastifyRequest) => Act | undefined)
  /** By its module, in the transaction of the act. */
  | 'by-the-module'
  /** Nothing, for this reason; where a person makes the call in the console, `byPeople`. */
  | { readonly none: string; readonly byPeople?: Act }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Instead of the table of the plugin. */
    audit?: AuditOfRoute
  }
}

export interface AuditedRoutesOptions {
  readonly record: (entry: AuditEntry) => Promise<void>
  /** Who made a call, on which instance, and what else is to be said. */
  readonly entryOf: (request: FastifyRequest) => Omit<AuditEntry, 'act'>
  /** `PUT /path` as it is registered, or `undefined` for a route that is not known. */
  readonly auditOf: (route: string) => AuditOfRoute | undefined
}

/** Call it before the routes are registered. A GET that changes something has to be named, too. */
export function auditRoutes(
  app: FastifyInstance,
  { record, entryOf, auditOf }: AuditedRoutesOptions,
): void {
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      const name = `${method} ${route.url}`
      const audit = route.config?.audit ?? auditOf(name)
      if (audit !== undefined) route.config = { ...route.config, audit }
      else if (changes(method))
        throw new Error(
          `${name} may change something: say in its audited-routes.ts, or in config.audit, what it leaves in the audit log`,
        )
    }
  })
  app.addHook('onSend', async (request, reply) => {
    const act = actOf(request)
    if (act !== undefined && reply.statusCode < 300) await record({ ...entryOf(request), act })
  })
}

const changes = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

function actOf(request: FastifyRequest): Act | undefined {
  const { audit } = request.routeOptions.config
  if (typeof audit === 'function') return audit(request)
  return typeof audit === 'string' && audit !== 'by-the-module' ? audit : undefined
}

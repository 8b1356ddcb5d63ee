/** Makes Fastify routes of endpoints. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/audit.js'
import type { AuditOfRoute } from '../http/audited-routes.js'
import { actorOf, callerOf, instanceOf } from './authenticate.js'
import { needOf } from './call-needs.js'
import type { Endpoint } from './endpoint.js'
import { NeedsOneNumberError } from './error-replies.js'
import { withoutBlanks } from './from-zapi.js'
import type { Modules } from './modules.js'

/** The person who makes a call in the console; undefined for programs. */
export type PersonOf = (request: FastifyRequest) => Actor

/**
 * `app` authenticates first, and sets `request.instance` unless the access is `account`. With
 * `personOf` the routes are those of the console: the API document leaves them out.
 */
export function register(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  modules: Modules,
  personOf?: PersonOf,
): void {
  for (const call of endpoints) {
    const { method, paths, schema, status, keepBlanks, access, handle, ...each } = call
    const need = needOf(call)
    const audit = personOf === undefined ? each.audit : auditOfPerson(each.audit)
    for (const url of paths)
      app.route({
        method,
        url,
        schema: personOf === undefined ? schema : { ...schema, hide: true },
        config: { need, ...(audit && { audit }), ...(each.anyNode && { anyNode: true }) },
        preValidation: async (request) => {
          if (schema.body === undefined) return
          // No body is an empty one, so that the refusal names what is missing.
          const body = request.body ?? {}
          request.body = keepBlanks ? body : withoutBlanks(body)
        },
        handler: async (request, reply) => {
          if (!each.forPools && request.instance?.isPool) throw new NeedsOneNumberError()
          const isPartners = access === 'partner' || access === 'account'
          const caller = {
            ...(access !== 'account' && { instance: instanceOf(request) }),
            by:
              personOf?.(request) ?? (isPartners ? actorOf(request, 'partner') : callerOf(request)),
            headers: request.headers,
            gone: callerGone(reply),
          }
          const { params, query, body } = request
          const answer = await handle(caller, { params, query, body }, modules)
          return reply.code(status).send(answer)
        },
      })
  }
}

function auditOfPerson(audit: AuditOfRoute | undefined): AuditOfRoute | undefined {
  return (typeof audit === 'object' && audit.byPeople) || audit
}

/** Aborts when the caller closes the connection before the answer. */
function callerGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the caller is gone')))
  return gone.signal
}
